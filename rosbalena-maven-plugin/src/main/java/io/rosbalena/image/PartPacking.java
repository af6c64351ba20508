package io.rosbalena.image;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/** Packs parts on all threads of a pool, each part once however many layers hold it. */
final class PartPacking {
    private final PartPacker packer;
    private final PartMemory memory;
    private final ForkJoinPool pool;
    private final Map<Digest, CompletableFuture<PackedPart>> parts = new LinkedHashMap<>();
    private volatile boolean stopped;

    PartPacking(PartPacker packer, PartMemory memory, ForkJoinPool pool) {
        this.packer = packer;
        this.memory = memory;
        this.pool = pool;
    }

    /** Starts to pack the part unless that was done before. */
    void start(LayerPart part) {
        parts.computeIfAbsent(
                part.key(),
                key -> run(() -> {
                    Optional<PackedPart> known = memory.find(key);
                    return known.isPresent() ? known.get() : pack(part);
                }));
    }

    /** Packs the part anew, whatever is remembered of it. */
    void startAgain(LayerPart part) throws IOException {
        memory.forget(part.key());
        parts.put(part.key(), run(() -> pack(part)));
    }

    /**
     * Waits for parts that were started.
     *
     * @throws FindingException with the findings of all parts that were started, if the source of one ended so
     */
    List<PackedPart> await(List<LayerPart> wanted) throws IOException {
        List<PackedPart> packed = new ArrayList<>();
        for (LayerPart part : wanted) {
            CompletableFuture<PackedPart> future = parts.get(part.key());
            if (future == null) {
                throw new IllegalStateException("never started: " + part.label());
            }
            packed.add(await(future));
        }
        return packed;
    }

    private PackedPart pack(LayerPart part) throws IOException {
        try (FileTree tree = part.source().open()) {
            return packer.packFiles(tree);
        }
    }

    private CompletableFuture<PackedPart> run(Callable<PackedPart> work) {
        CompletableFuture<PackedPart> future = new CompletableFuture<>();
        pool.execute(() -> {
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

    private PackedPart await(CompletableFuture<PackedPart> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while writing a layer");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Lets the other parts come to their end, so that all their findings are told at once. */
    private IOException failure(Exception first) {
        List<Throwable> failures = parts.values().stream()
                .map(future -> future.handle((part, failure) -> Optional.<Throwable>ofNullable(failure))
                        .join())
                .flatMap(Optional::stream)
                .filter(failure -> !(failure instanceof CancellationException))
                .toList();
        List<FindingException> told = failures.stream()
                .filter(FindingException.class::isInstance)
                .map(FindingException.class::cast)
                .toList();
        if (!told.isEmpty()) {
            throw new FindingException(
                    told.get(0).kind(),
                    told.stream().flatMap(e -> e.findings().stream()).distinct().toList(),
                    first);
        }
        Throwable cause = failures.isEmpty() ? first : failures.get(0);
        return new IOException("cannot write a layer: " + cause.getMessage(), cause);
    }
}
