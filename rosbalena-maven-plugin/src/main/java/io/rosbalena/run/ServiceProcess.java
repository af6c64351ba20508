package io.rosbalena.run;

import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A service whose root is ready: the process that holds it, and the one that becomes its program. */
final class ServiceProcess implements AutoCloseable {
    private static final int KILLED = 137;

    private enum State {
        READY,
        BEGUN,
        STOPPED
    }

    private final ReadyProcess holder;
    private final Optional<ProcessHandle> service;
    private final BooleanSupplier killed;
    private State state = State.READY;

    /**
     * @param holder unshare or the script: it ends when the service has ended, and must get no signal itself, since the
     *     service would live on
     * @param service what becomes the service's program, process 1 of its namespace where there is one; empty if it has
     *     ended already
     * @param killed whether the holder has said that the service was killed, and its own status means nothing
     */
    ServiceProcess(ReadyProcess holder, Optional<ProcessHandle> service, BooleanSupplier killed) {
        this.holder = holder;
        this.service = service;
        this.killed = killed;
    }

    /** Starts the service's program, unless it was stopped before. */
    void begin() throws IOException {
        if (enter(State.BEGUN) == State.READY) {
            holder.proceed();
        }
    }

    /** Waits for its end; the exit status, 128 + n for signal n. */
    int await() throws IOException, InterruptedException {
        int status = holder.await();
        return killed.getAsBoolean() ? KILLED : status;
    }

    /**
     * Sends the stop signal, waits for the grace period, then kills; at once if its program has not begun. Returns when
     * the service's process has ended. Only the first call does anything: a second signal means "at once" to many
     * programs.
     */
    void stop(StopRule rule) throws IOException, InterruptedException {
        State before = enter(State.STOPPED);
        if (before == State.STOPPED || service.isEmpty()) {
            return;
        }
        ProcessHandle process = service.get();
        if (before == State.BEGUN) {
            signal(process, rule.forKill());
            if (endsWithin(process, rule.gracePeriod())) {
                return;
            }
        }
        process.destroyForcibly();
        endsWithin(process, Duration.ofSeconds(10));
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }

    /** Goes on to a later state, never back; the state before. */
    private synchronized State enter(State next) {
        State before = state;
        if (next.compareTo(before) > 0) {
            state = next;
        }
        return before;
    }

    private static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        // The JDK can send two signals only.
        Process kill = new ProcessBuilder(
                        Tool.require("sh", "dash").toString(),
                        "-c",
                        "kill -s \"$1\" \"$2\"",
                        "kill",
                        name,
                        Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        kill.waitFor();
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) throws InterruptedException {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }
}
