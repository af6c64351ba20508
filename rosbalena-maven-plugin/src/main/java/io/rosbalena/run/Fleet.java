package io.rosbalena.run;

import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** All services of one run: started one after the other, stopped in the reverse order. */
final class Fleet {
    private final List<Supervision> all;
    private final List<Supervision> started = new CopyOnWriteArrayList<>();
    private boolean stopping;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param all in the order in which they start */
    Fleet(List<Supervision> all) {
        this.all = List.copyOf(all);
    }

    /** Starts all; ends early when one cannot be started or {@link #stop} is called. */
    void start() throws InterruptedException {
        for (Supervision each : all) {
            if (!admit(each)) {
                return;
            }
            each.start();
            if (each.failure().isPresent()) {
                return;
            }
        }
    }

    /** Notes that a service is started, so that {@link #stop} stops it; false if that has come already. */
    private synchronized boolean admit(Supervision service) {
        return !stopping && started.add(service);
    }

    private synchronized boolean isFirstStop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    /** Waits until all have ended, at most for this time. */
    void await(Optional<Duration> most) throws InterruptedException {
        long end = System.nanoTime() + most.orElse(Duration.ofDays(36500)).toNanos();
        for (Supervision each : started) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (each.failure().isPresent() || !each.awaitEnd(left)) {
                return;
            }
        }
    }

    /**
     * Stops what still runs: each service when those that depend on it have ended, those that have nothing to do with each
     * other at the same time. May be called by several threads; all return when everything has ended.
     */
    void stop() throws InterruptedException {
        if (!isFirstStop()) {
            stopped.await();
            return;
        }
        try {
            List<Thread> threads = new ArrayList<>();
            for (int i = started.size() - 1; i >= 0; i--) {
                Supervision each = started.get(i);
                Thread thread =
                        new Thread(() -> stop(each), "stop of " + each.service().name());
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            stopped.countDown();
        }
    }

    private void stop(Supervision service) {
        try {
            for (Supervision other : started) {
                if (other.service().dependsOn().contains(service.service().name())) {
                    other.awaitEnd();
                }
            }
            service.stop();
        } catch (IOException | InterruptedException e) {
            service.fail(e);
        }
    }

    /**
     * How all ended, once they have.
     *
     * @throws FindingException why one could not be started
     */
    RunReport report() throws IOException {
        List<ServiceEnd> ends = new ArrayList<>();
        for (Supervision each : started) {
            Exception failure = each.failure().orElse(null);
            if (failure instanceof FindingException finding) {
                throw finding;
            }
            if (failure != null) {
                throw new IOException("service " + each.service().name() + ": " + failure.getMessage(), failure);
            }
            each.end().ifPresent(ends::add);
        }
        return new RunReport(ends);
    }
}
