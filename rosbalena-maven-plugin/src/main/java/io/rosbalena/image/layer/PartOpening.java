package io.rosbalena.image.layer;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Opens parts on all threads, each once however many layers hold it. Safe for several threads. Closed when the threads
 * have ended, and then closes what is still open.
 */
final class PartOpening implements Closeable {
    private final PartMemory memory;
    private final ExecutorService threads;
    private final Map<Digest, CompletableFuture<ReadyPart>> parts = new LinkedHashMap<>();
    private volatile boolean stopped;

    PartOpening(PartMemory memory, ExecutorService threads) {
        this.memory = memory;
        this.threads = threads;
    }

    /** Starts to open the part unless that was done before. */
    synchronized void start(LayerPart part) {
        parts.computeIfAbsent(
                part.key(),
                key -> run(() -> {
                    Optional<PackedPart> known = memory.find(key);
                    return known.isPresent() ? new ReadyPart.Remembered(known.get()) : open(part);
                }));
    }

    /** Opens the source of a part, whatever is remembered of it. */
    synchronized void startAgain(LayerPart part) throws IOException {
        memory.forget(part.key());
        parts.put(part.key(), run(() -> open(part)));
    }

    /** Closes a part that was written and remembers in which layer, for the next one and the next build. */
    void written(LayerPart part, PackedPart packed, Digest layer) throws IOException {
        memory.keep(part.key(), packed, layer);
        CompletableFuture<ReadyPart> before = put(part, new ReadyPart.Remembered(packed));
        if (before != null) {
            before.join().close();
        }
    }

    private synchronized @Nullable CompletableFuture<ReadyPart> put(LayerPart part, ReadyPart ready) {
        return parts.put(part.key(), CompletableFuture.completedFuture(ready));
    }

    /**
     * Waits for parts that were started.
     *
     * @throws FindingException of the first of them whose source ended so
     */
    List<ReadyPart> await(List<LayerPart> wanted) throws IOException {
        List<ReadyPart> ready = new ArrayList<>();
        for (LayerPart part : wanted) {
            ready.add(await(started(part)));
        }
        return ready;
    }

    private synchronized CompletableFuture<ReadyPart> started(LayerPart part) {
        CompletableFuture<ReadyPart> future = parts.get(part.key());
        if (future == null) {
            throw new IllegalStateException("never started: " + part.label());
        }
        return future;
    }

    private synchronized List<CompletableFuture<ReadyPart>> all() {
        return List.copyOf(parts.values());
    }

    private static ReadyPart open(LayerPart part) throws IOException {
        FileTree tree = part.source().open();
        try {
            return ReadyPart.Opened.of(tree);
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    private CompletableFuture<ReadyPart> run(Callable<ReadyPart> work) {
        CompletableFuture<ReadyPart> future = new CompletableFuture<>();
        threads.execute(() -> {
            if (stopped) {
                future.cancel(false);
                return;
            }
            try {
                future.complete(work.call());
            } catch (FindingException e) {
                future.completeExceptionally(e);
            } catch (Throwable e) {
                stopped = true;
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private ReadyPart await(CompletableFuture<ReadyPart> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FindingException finding) {
                throw finding;
            }
            throw failure(e);
        } catch (CancellationException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            stopped = true;
            throw LayerThreads.interrupted(e);
        }
    }

    /** Lets all parts that were started come to their end; their findings together. */
    FindingException allFindings(FindingException first) {
        List<FindingException> told = failures().stream()
                .filter(FindingException.class::isInstance)
                .map(FindingException.class::cast)
                .toList();
        return told.isEmpty() ? first : FindingException.of(told);
    }

    private IOException failure(Exception first) {
        List<Throwable> failures = failures();
        Throwable cause = failures.isEmpty() ? first : failures.get(0);
        return new IOException("cannot write a layer: " + cause.getMessage(), cause);
    }

    private List<Throwable> failures() {
        return all().stream()
                .map(future -> future.handle((part, failure) -> Optional.<Throwable>ofNullable(failure))
                        .join())
                .flatMap(Optional::stream)
                .filter(failure -> !(failure instanceof CancellationException))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (CompletableFuture<ReadyPart> part : all()) {
            if (part.isDone() && !part.isCompletedExceptionally()) {
                part.join().close();
            }
        }
    }
}
