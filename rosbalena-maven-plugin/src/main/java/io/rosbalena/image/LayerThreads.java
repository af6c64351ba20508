package io.rosbalena.image;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that write layers. Closing waits until none of them touches a file any more. */
final class LayerThreads implements AutoCloseable {
    /** Memory to allow for each part that is worked on: its source's buffers and dictionary, and our pieces. */
    private static final long MEMORY_PER_THREAD = 40L << 20;

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

    /** As many as the machine has processors and the heap allows. */
    static int defaultCount() {
        long byMemory = Math.max(1, Runtime.getRuntime().maxMemory() / MEMORY_PER_THREAD);
        return (int) Math.min(Runtime.getRuntime().availableProcessors(), byMemory);
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

    @Override
    public void close() {
        end(List.of(readers, packers, finisher));
    }

    /** Interrupts threads and waits for their end, however often this thread is interrupted. */
    static void end(List<ExecutorService> pools) {
        pools.forEach(ExecutorService::shutdownNow);
        boolean interrupted = Thread.interrupted();
        for (ExecutorService pool : pools) {
            while (!pool.isTerminated()) {
                try {
                    pool.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
