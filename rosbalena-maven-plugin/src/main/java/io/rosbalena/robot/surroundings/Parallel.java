package io.rosbalena.robot.surroundings;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work for many values on all processors; results in the order of the values. */
public final class Parallel {
    private Parallel() {}

    /** Work on one value. */
    @FunctionalInterface
    public interface Work<I, O> {
        O apply(I value) throws IOException, InterruptedException;
    }

    /** Works on all values; the first failure in their order ends the rest. */
    public static <I, O> List<O> map(List<I> values, Work<I, O> work) throws IOException, InterruptedException {
        return map(values, Runtime.getRuntime().availableProcessors(), work);
    }

    /** The same with so many at once, for work that waits for others rather than for a processor. */
    public static <I, O> List<O> map(List<I> values, int atOnce, Work<I, O> work)
            throws IOException, InterruptedException {
        if (values.isEmpty()) {
            return List.of();
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(values.size(), atOnce));
        try {
            List<Future<O>> running = new ArrayList<>();
            for (I value : values) {
                running.add(workers.submit(() -> work.apply(value)));
            }
            List<O> results = new ArrayList<>();
            for (Future<O> each : running) {
                results.add(result(each));
            }
            return results;
        } finally {
            workers.shutdownNow();
        }
    }

    static <O> O result(Future<O> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof InterruptedException) {
                throw new InterruptedException();
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Work that needs no value. */
    @FunctionalInterface
    public interface Task<O> {
        O run() throws IOException, InterruptedException;
    }

    /**
     * The results of two tasks.
     *
     * @param <A> the one
     * @param <B> the other
     */
    public record Both<A, B>(A one, B other) {}

    /** Does two different things at the same time. What the one throws goes before what the other throws. */
    public static <A, B> Both<A, B> both(Task<A> one, Task<B> other) throws IOException, InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<B> running = worker.submit(other::run);
            A first = one.run();
            return new Both<>(first, result(running));
        } finally {
            worker.shutdownNow();
        }
    }

    /** What is done with a result. */
    @FunctionalInterface
    public interface Sink<O> {
        void accept(O result) throws IOException, InterruptedException;
    }

    /**
     * Like {@link #map}, but hands each result on in the order of the values and works only a few values ahead, so that
     * results that hold memory or files do not pile up.
     */
    public static <I, O extends Closeable> void inOrder(List<I> values, Work<I, O> work, Sink<O> sink)
            throws IOException, InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        Deque<Future<O>> ahead = new ArrayDeque<>();
        try {
            int next = 0;
            while (next < values.size() || !ahead.isEmpty()) {
                while (next < values.size() && ahead.size() <= threads) {
                    I value = values.get(next++);
                    ahead.add(workers.submit(() -> work.apply(value)));
                }
                sink.accept(result(ahead.remove()));
            }
        } finally {
            workers.shutdownNow();
            for (Future<O> each : ahead) {
                if (!each.cancel(true)) {
                    result(each).close();
                }
            }
        }
    }
}
