package io.rosbalena.transfer;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Counts failures of one transfer and pauses between attempts. */
public final class Retries {
    // A server that gives a single byte a connection must not keep a build for ever.
    private static final int TOTAL_FACTOR = 10;

    private final TransferSettings.Patience patience;
    private final Consumer<String> told;
    private int fruitless;
    private int total;

    /** Starts counting. */
    public Retries(TransferSettings.Patience patience) {
        this(patience, waiting -> {});
    }

    /**
     * Starts counting.
     *
     * @param told gets a line at each pause: why, and how long it is
     */
    public Retries(TransferSettings.Patience patience, Consumer<String> told) {
        this.patience = patience;
        this.told = told;
    }

    /**
     * Waits before the next attempt.
     *
     * @param progressed whether the failed attempt brought new bytes
     * @throws TransferException if there were enough attempts
     * @throws InterruptedIOException if the thread is interrupted
     */
    public void pause(BrokenTransferException failure, boolean progressed)
            throws TransferException, InterruptedIOException {
        total++;
        fruitless = progressed ? 1 : fruitless + 1;
        if (fruitless >= patience.attempts() || total >= patience.attempts() * TOTAL_FACTOR) {
            String times = total == 1 ? "" : " (" + total + " attempts)";
            throw new TransferException(failure.kind(), failure.getMessage() + times, failure);
        }
        Duration delay = delay(failure);
        told.accept(String.format(
                Locale.ROOT,
                "%s; attempt %d follows in %.1f s",
                failure.getMessage(),
                total + 1,
                delay.toMillis() / 1000.0));
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the transfer was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private Duration delay(BrokenTransferException failure) {
        // Many machines that were refused at one moment should not come back at one moment.
        double spread = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        Duration usual = Duration.ofMillis(
                (long) (patience.firstDelay().toMillis() * spread * (1L << Math.min(fruitless - 1, 20))));
        Duration wanted = failure.requestedWait().orElse(usual);
        return wanted.compareTo(patience.longestDelay()) > 0 ? patience.longestDelay() : wanted;
    }
}
