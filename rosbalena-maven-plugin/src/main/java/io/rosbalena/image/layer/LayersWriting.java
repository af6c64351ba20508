package io.rosbalena.image.layer;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes layers one after the other: while one is put together, the parts of the next are opened, and the one before goes
 * to the disk.
 */
final class LayersWriting implements Closeable {
    private final List<LayerPlan> plans;
    private final BlobStore store;
    private final Iterator<LayerPlan> unopened;
    private final LayerThreads threads;
    private final PartOpening opening;
    private final LayerAssembler assembler;

    private final List<Future<?>> finishing = new ArrayList<>();

    /** Keys of the parts of layers that are not in the store yet. */
    private final Set<Digest> unfinished = new HashSet<>();

    /** All that were begun. */
    private final List<BlobWriter> blobs = new ArrayList<>();

    /** Is told of each layer that is in the store. */
    @FunctionalInterface
    interface Sink {
        void accept(LayerPlan plan, LayerStage.Written layer) throws IOException;
    }

    /** @param count of threads */
    LayersWriting(List<LayerPlan> plans, BlobStore store, Compressor compressor, int count) {
        this.plans = plans;
        this.store = store;
        this.unopened = plans.iterator();
        this.threads = new LayerThreads(count);
        this.opening = new PartOpening(new PartMemory(store), threads.readers());
        this.assembler = new LayerAssembler(store, compressor, threads);
    }

    void writeAll(Sink sink, Progress progress) throws IOException {
        openNext();
        for (LayerPlan plan : plans) {
            progress.message("writing " + plan.kind().word() + " layer of "
                    + plan.parts().size() + " parts");
            openNext();
            write(plan, sink);
        }
        finishAll();
    }

    /** Opens the parts of one layer more; not of all at once, which would be too many open files. */
    private void openNext() {
        if (unopened.hasNext()) {
            unopened.next().parts().forEach(opening::start);
        }
    }

    private void write(LayerPlan plan, Sink sink) throws IOException {
        List<Digest> keys = plan.parts().stream().map(LayerPart::key).toList();
        if (keys.stream().anyMatch(unfinished::contains)) {
            // What is packed already is copied from there.
            finishAll();
        }
        List<ReadyPart> parts = opened(plan);
        try {
            LayerAssembler.Assembled assembled = assembler.assemble(directories(parts), parts);
            blobs.add(assembled.blob());
            unfinished.addAll(keys);
            finishing.add(threads.finisher().submit(() -> {
                sink.accept(plan, finish(plan, parts, assembled));
                return plan;
            }));
        } catch (CorruptPartException e) {
            openAgain(plan, parts, e.part());
            write(plan, sink);
        }
    }

    private List<ReadyPart> opened(LayerPlan plan) throws IOException {
        try {
            return opening.await(plan.parts());
        } catch (FindingException e) {
            while (unopened.hasNext()) {
                openNext();
            }
            throw opening.allFindings(e);
        }
    }

    private static Collection<Entry> directories(List<ReadyPart> parts) {
        Map<TreePath, Entry> directories = new TreeMap<>();
        parts.forEach(part -> part.directories().forEach(entry -> directories.putIfAbsent(entry.path(), entry)));
        return directories.values();
    }

    private LayerStage.Written finish(LayerPlan plan, List<ReadyPart> parts, LayerAssembler.Assembled layer)
            throws IOException {
        long compressedSize = layer.blob().size();
        Digest digest = layer.blob().commit();
        for (int i = 0; i < parts.size(); i++) {
            LayerAssembler.Placed placed = layer.parts().get(i);
            PackedPart packed = new PackedPart(
                    store.path(digest),
                    placed.offset(),
                    placed.pieces(),
                    parts.get(i).directories());
            opening.written(plan.parts().get(i), packed, digest);
        }
        return new LayerStage.Written(digest, layer.diffId(), compressedSize, layer.size());
    }

    /** A damaged store is not the end: what is remembered wrongly is made again. */
    private void openAgain(LayerPlan plan, List<ReadyPart> parts, PackedPart corrupt) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof ReadyPart.Remembered remembered
                    && remembered.part().file().equals(corrupt.file())) {
                opening.startAgain(plan.parts().get(i));
            }
        }
    }

    private void finishAll() throws IOException {
        try {
            for (Future<?> each : finishing) {
                each.get();
            }
            finishing.clear();
            unfinished.clear();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException("cannot write a layer", e);
        } catch (InterruptedException e) {
            throw LayerThreads.interrupted(e);
        }
    }

    @Override
    public void close() throws IOException {
        threads.close();
        for (BlobWriter blob : blobs) {
            blob.close();
        }
        opening.close();
    }
}
