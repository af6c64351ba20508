package io.rosbalena.image.layer;

import io.rosbalena.image.WorkThreads;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that write layers. Closing waits until none of them touches a file any more. */
final class LayerThreads implements AutoCloseable {
    private final int count;
    private final ExecutorService readers;
    private final ExecutorService packers;
    private final ExecutorService finisher = Executors.newSingleThreadExecutor();

    /** @param count parts that are read at the same time, and pieces that are worked on */
    LayerThreads(int count) {
        this.count = count;
        this.readers = Executors.newFixedThreadPool(count);
        this.packers = Executors.newFixedThreadPool(count);
    }

    int count() {
        return count;
    }

    /** Those that open parts and read them, in the order in which they are told to; they wait for the packers. */
    ExecutorService readers() {
        return readers;
    }

    /** Those that compress and inflate pieces, and wait for nobody. */
    ExecutorService packers() {
        return packers;
    }

    /** The one that waits for the disk. */
    ExecutorService finisher() {
        return finisher;
    }

    /** What ends the writing of layers when its thread is interrupted. */
    static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while writing a layer");
        interrupted.initCause(e);
        return interrupted;
    }

    @Override
    public void close() {
        WorkThreads.end(List.of(readers, packers, finisher));
    }
}
