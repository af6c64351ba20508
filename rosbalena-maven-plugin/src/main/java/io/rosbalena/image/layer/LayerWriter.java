package io.rosbalena.image.layer;

import io.rosbalena.image.Layer;
import io.rosbalena.image.WorkThreads;
import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.Compressors;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.store.SharedResults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes layers: first all directories of the layer, sorted, then the other entries of each part, sorted, part after
 * part. The bytes depend on the parts and their order alone, not on the number of threads, nor on which parts were
 * remembered. A layer with the same parts is looked up; of another, only the parts that are new are opened.
 */
public final class LayerWriter {
    private final BlobStore store;
    private final SharedResults shared;
    private final Supplier<Compressor> compressor;
    private final int threads;

    /** A writer that uses as many threads as the machine has processors and the heap allows. */
    public LayerWriter(BlobStore store) {
        this(store, SharedResults.NONE);
    }

    /** The same where layers that others have written count, too. */
    public LayerWriter(BlobStore store, SharedResults shared) {
        this(store, shared, Compressors::ofThisMachine, WorkThreads.count());
    }

    LayerWriter(BlobStore store, SharedResults shared, Supplier<Compressor> compressor, int threads) {
        this.store = store;
        this.shared = shared;
        this.compressor = compressor;
        this.threads = threads;
    }

    /** Writes one layer, or looks it up. */
    public Layer write(LayerPlan plan, Progress progress) throws IOException {
        return writeAll(List.of(plan), progress).get(0);
    }

    /**
     * Writes several layers, or looks them up. Faster than one after the other, since the parts of all are worked on at
     * the same time; a part in several layers is opened once.
     *
     * @return the layers in the order of the plans
     * @throws io.rosbalena.finding.FindingException with the findings of all parts whose sources ended so
     */
    public List<Layer> writeAll(List<LayerPlan> plans, Progress progress) throws IOException {
        Remembered<LayerPlan, LayerStage.Written> known = memory();
        List<LayerPlan> missing = new ArrayList<>();
        List<Optional<LayerStage.Written>> found = known.findAll(plans);
        for (int i = 0; i < plans.size(); i++) {
            if (found.get(i).isEmpty()) {
                missing.add(plans.get(i));
            }
        }
        if (!missing.isEmpty()) {
            writeMissing(missing, progress);
        }
        List<Layer> layers = new ArrayList<>();
        for (LayerPlan plan : plans) {
            LayerStage.Written written = known.get(plan, progress).value();
            layers.add(new Layer(
                    written.digest(),
                    written.diffId(),
                    written.compressedSize(),
                    written.size(),
                    plan.kind(),
                    plan.labels()));
        }
        return layers;
    }

    private void writeMissing(List<LayerPlan> plans, Progress progress) throws IOException {
        try (LayersWriting writing = new LayersWriting(plans, store, compressor.get(), threads)) {
            writing.writeAll(memory()::keep, progress);
        }
    }

    private Remembered<LayerPlan, LayerStage.Written> memory() {
        return new Remembered<>(new LayerStage(), store, shared);
    }
}
