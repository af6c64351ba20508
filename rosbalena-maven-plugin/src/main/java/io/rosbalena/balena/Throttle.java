package io.rosbalena.balena;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Keeps requests below what the server bears: balena's command line holds itself to 350 a minute. Safe for several
 * threads.
 */
final class Throttle {
    static final int REQUESTS = 350;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final int most;
    private final long window;
    private final LongSupplier clock;
    private final Deque<Long> sent = new ArrayDeque<>();

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    Throttle(int most, Duration window, LongSupplier clock) {
        this.most = most;
        this.window = window.toNanos();
        this.clock = clock;
    }

    /** Waits for the next request's turn. */
    void await() throws InterruptedIOException {
        while (true) {
            long wait = turn();
            if (wait <= 0) {
                return;
            }
            try {
                Thread.sleep(Duration.ofNanos(wait).toMillis() + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("the call was interrupted");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }

    /** Nanoseconds to wait; with none, the turn is taken. */
    synchronized long turn() {
        long now = clock.getAsLong();
        while (!sent.isEmpty() && now - sent.peekFirst() >= window) {
            sent.removeFirst();
        }
        if (sent.size() < most) {
            sent.addLast(now);
            return 0;
        }
        return window - (now - sent.peekFirst());
    }
}
