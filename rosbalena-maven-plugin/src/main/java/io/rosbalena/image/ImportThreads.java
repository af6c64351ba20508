package io.rosbalena.image;

import io.rosbalena.tree.MalformedArchiveException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** The threads that take in layers of images. Closing waits until none of them touches a file any more. */
final class ImportThreads implements AutoCloseable {
    private final ForkJoinPool pool;

    ImportThreads(int count) {
        // Never more than asked: a thread more is a package more in memory.
        this.pool = new ForkJoinPool(
                count, ImportThreads::named, null, false, count, count, 0, pool -> true, 1, TimeUnit.SECONDS);
    }

    /** Does work on the threads and waits for all of it; of several failures the first is told. */
    <T> List<T> call(List<Callable<T>> work) throws IOException {
        List<CompletableFuture<T>> futures = new ArrayList<>();
        for (Callable<T> one : work) {
            CompletableFuture<T> future = new CompletableFuture<>();
            pool.execute(() -> complete(future, one));
            futures.add(future);
        }
        List<T> results = new ArrayList<>();
        for (CompletableFuture<T> future : futures) {
            results.add(await(future));
        }
        return results;
    }

    private static <T> void complete(CompletableFuture<T> future, Callable<T> work) {
        try {
            future.complete(work.call());
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof MalformedArchiveException) {
                throw new MalformedArchiveException(String.valueOf(cause.getMessage()), cause);
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading a layer");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    @Override
    public void close() {
        WorkThreads.end(List.of(pool));
    }

    /** Sources find their libraries by the class loader of the build, not by that of the Java machine. */
    private static ForkJoinWorkerThread named(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setContextClassLoader(ImportThreads.class.getClassLoader());
        thread.setName("layer-" + thread.getPoolIndex());
        return thread;
    }
}
