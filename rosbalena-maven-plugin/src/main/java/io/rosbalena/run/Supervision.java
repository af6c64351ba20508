package io.rosbalena.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts one service, starts it again as its restart policy says, and stops it. Its thread lives as long as the service:
 * the processes end with the thread that started them.
 */
final class Supervision {
    /** After so many starts in a row that each ended soon, a service is given up: nobody is here to mend it. */
    static final int QUICK_ENDS = 5;

    private static final Duration SOON = Duration.ofSeconds(10);
    // As engines do: 0.1 s, doubled each time.
    private static final long FIRST_DELAY_MILLIS = 100;

    private final Service service;
    private final ServiceStart start;
    private final ServiceLog log;
    private final Thread thread;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ServiceProcess running;
    private volatile @Nullable Exception failure;
    private volatile @Nullable ServiceEnd end;

    Supervision(Service service, ServiceStart start, ServiceLog log) {
        this.service = service;
        this.start = start;
        this.log = log;
        this.thread = new Thread(this::supervise, "service " + service.name());
        thread.setDaemon(true);
    }

    Service service() {
        return service;
    }

    /** Starts the service; returns when its program has been started, or has failed to. */
    void start() throws InterruptedException {
        thread.start();
        started.await();
    }

    /** Waits until the service has ended for good; tells whether it has. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Stops the service, if it still runs. Returns when it has ended. */
    void stop() throws IOException, InterruptedException {
        stopping.countDown();
        ServiceProcess process = running;
        if (process != null) {
            process.stop(service.stop());
        }
        ended.await();
    }

    /** Whether it has been told to stop. */
    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** How it ended; empty while it runs. */
    Optional<ServiceEnd> end() {
        return Optional.ofNullable(end);
    }

    /** Why it could not be started at all. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Remembers why it could not be stopped. */
    void fail(Exception why) {
        failure = why;
    }

    private void supervise() {
        try {
            int quick = 0;
            for (int starts = 1; ; starts++) {
                long begin = System.nanoTime();
                int status = once();
                boolean stopped = isStopping();
                ServiceEnd now = new ServiceEnd(service.name(), status, starts, stopped);
                quick = System.nanoTime() - begin < SOON.toNanos() ? quick + 1 : 0;
                if (stopped || !service.restart().startsAgain(status, starts - 1)) {
                    finish(now, now.describe());
                    return;
                }
                if (quick >= QUICK_ENDS) {
                    finish(now, now.describe() + "; it is not started again, since it ended soon " + quick + " times");
                    return;
                }
                long delay = FIRST_DELAY_MILLIS << quick;
                log.event(service.name(), now.describe() + "; it is started again in " + delay / 1000.0 + " s");
                if (stopping.await(delay, TimeUnit.MILLISECONDS)) {
                    end = new ServiceEnd(service.name(), status, starts, true);
                    return;
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        } finally {
            started.countDown();
            ended.countDown();
        }
    }

    private void finish(ServiceEnd how, String words) {
        end = how;
        log.event(service.name(), how.stopped() ? "stopped" : words);
    }

    private int once() throws IOException, InterruptedException {
        try (ServiceProcess process = start.start(line -> log.line(service.name(), line))) {
            running = process;
            if (isStopping()) {
                // Who asked for it may have come before there was a process.
                process.stop(service.stop());
            }
            process.begin();
            started.countDown();
            return process.await();
        } finally {
            running = null;
            start.ended();
        }
    }
}
