package io.rosbalena.image;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How many threads work on layers, and how they end. */
public final class WorkThreads {
    /** Memory to allow for each part that is worked on: its source's buffers and dictionary, and our pieces. */
    private static final long MEMORY_PER_THREAD = 40L << 20;

    private WorkThreads() {}

    /** As many as the machine has processors and the heap allows. */
    public static int count() {
        long byMemory = Math.max(1, Runtime.getRuntime().maxMemory() / MEMORY_PER_THREAD);
        return (int) Math.min(Runtime.getRuntime().availableProcessors(), byMemory);
    }

    /** Interrupts threads and waits for their end, however often this thread is interrupted: then they touch no file. */
    public static void end(List<ExecutorService> pools) {
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
