package io.rosbalena.robot.desk;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What becomes of a device when Ctrl-C ends the goal: it is said, and what must be done as a whole is finished first.
 */
final class Leaving implements AutoCloseable {
    /** The device answers these few requests at once, or not at all. */
    private static final long LONGEST_SECONDS = 15;

    private final ReentrantLock whole = new ReentrantLock();
    private final Consumer<String> sink;
    private final Thread hook = new Thread(this::leave, "what becomes of the device");
    private volatile String words = "";

    private Leaving(Consumer<String> sink) {
        this.sink = sink;
    }

    /**
     * Watches for the end.
     *
     * @param sink gets the line to print
     */
    static Leaving begin(Consumer<String> sink) {
        Leaving leaving = new Leaving(sink);
        Runtime.getRuntime().addShutdownHook(leaving.hook);
        return leaving;
    }

    /** From now on this is what is said. */
    void says(String text) {
        words = text;
    }

    /** Work that is not to be left half done. */
    @FunctionalInterface
    interface Work {
        void perform() throws IOException;
    }

    /** Does work; who wants to leave meanwhile waits for its end. */
    void whole(Work work) throws IOException {
        whole.lock();
        try {
            work.perform();
        } finally {
            whole.unlock();
        }
    }

    private void leave() {
        boolean ended = false;
        try {
            ended = whole.tryLock(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink.accept(
                ended
                        ? words
                        : "the device stood still while it was told what to run; run this again to be sure of it");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook says what there is to say.
        }
    }
}
