package io.rosbalena.robot.surroundings;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Work that begins when its input is there, on all processors, and whose result is asked for later; each once. Safe for
 * several threads. Closing ends what still runs, and waits until it touches no file any more.
 *
 * @param <K> what the work is known by
 * @param <O> its result
 */
public final class Begun<K, O> implements AutoCloseable {
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Map<K, Future<O>> begun = new ConcurrentHashMap<>();

    /** Begins work unless it was begun before. Its failure is told by {@link #get}. */
    public void begin(K key, Parallel.Task<O> work) {
        begun.computeIfAbsent(key, any -> workers.submit(work::run));
    }

    /** Waits for the result of work that was begun. */
    public O get(K key) throws IOException, InterruptedException {
        Future<O> future = begun.get(key);
        if (future == null) {
            throw new IllegalStateException("never begun: " + key);
        }
        return Parallel.result(future);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!workers.isTerminated()) {
            try {
                workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
