package io.rosbalena.image;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** The threads that write layers. Closing waits until none of them touches a file any more. */
final class LayerThreads implements AutoCloseable {
    private final ForkJoinPool packers;
    private final ExecutorService inflaters;

    LayerThreads(int count) {
        // Never more than asked: a thread more is a package more in memory.
        this.packers = new ForkJoinPool(
                count, LayerThreads::named, null, false, count, count, 0, pool -> true, 1, TimeUnit.SECONDS);
        this.inflaters = Executors.newFixedThreadPool(count);
    }

    ForkJoinPool packers() {
        return packers;
    }

    ExecutorService inflaters() {
        return inflaters;
    }

    @Override
    public void close() {
        packers.shutdownNow();
        inflaters.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                if (packers.awaitTermination(1, TimeUnit.MINUTES) && inflaters.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sources find their libraries by the class loader of the build, not by that of the Java machine. */
    private static ForkJoinWorkerThread named(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setContextClassLoader(LayerThreads.class.getClassLoader());
        thread.setName("layer-" + thread.getPoolIndex());
        return thread;
    }
}
