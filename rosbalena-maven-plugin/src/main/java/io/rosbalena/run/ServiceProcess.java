package io.rosbalena.run;

import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A service that was started: the process that holds it, and the one to signal. */
final class ServiceProcess implements AutoCloseable {
    private static final int KILLED = 137;

    private final ReadyProcess holder;
    private final ProcessHandle service;
    private final BooleanSupplier killed;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * @param holder unshare or the script: it ignores signals, and ends when the service has ended
     * @param service the service itself, process 1 of its namespace where there is one
     * @param killed whether the holder has said that the service was killed, and its own status means nothing
     */
    ServiceProcess(ReadyProcess holder, ProcessHandle service, BooleanSupplier killed) {
        this.holder = holder;
        this.service = service;
        this.killed = killed;
    }

    /** Waits for its end; the exit status, 128 + n for signal n. */
    int await() throws IOException, InterruptedException {
        int status = holder.await();
        return killed.getAsBoolean() ? KILLED : status;
    }

    /**
     * Sends the stop signal, waits for the grace period, then kills. Returns when the service's process has ended. Only the
     * first call does anything: a second signal means "at once" to many programs.
     */
    void stop(StopRule rule) throws IOException, InterruptedException {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        signal(rule.forKill());
        if (!endsWithin(rule.gracePeriod())) {
            service.destroyForcibly();
            endsWithin(Duration.ofSeconds(10));
        }
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }

    /** The first process below the holder that is not one of {@code others}. */
    static Optional<ProcessHandle> below(ReadyProcess holder, List<Long> others) {
        return holder.handle()
                .children()
                .filter(child -> !others.contains(child.pid()))
                .findFirst();
    }

    private void signal(String name) throws IOException, InterruptedException {
        // The JDK can send two signals only.
        Process kill = new ProcessBuilder(
                        Tool.require("sh", "dash").toString(),
                        "-c",
                        "kill -s \"$1\" \"$2\"",
                        "kill",
                        name,
                        Long.toString(service.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        kill.waitFor();
    }

    private boolean endsWithin(Duration time) throws InterruptedException {
        try {
            service.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }
}
