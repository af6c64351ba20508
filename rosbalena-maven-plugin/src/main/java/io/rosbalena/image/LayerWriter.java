package io.rosbalena.image;

import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.Compressors;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.store.SharedResults;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.commons.io.FileUtils;

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
        this(store, shared, Compressors::ofThisMachine, LayerThreads.defaultCount());
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
        Remembered<LayerPlan, LayerStage.Written> known = remembered((plan, to) -> {
            throw new IllegalStateException("only looked up");
        });
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
        Path scratch = Files.createDirectory(store.temporary().resolve(UUID.randomUUID() + ".layers"));
        try (LayerThreads workers = new LayerThreads(threads)) {
            PartPacker packer = new PartPacker(compressor.get(), scratch);
            PartPacking packing = new PartPacking(packer, new PartMemory(store), workers.packers());
            LayerAssembler assembler = new LayerAssembler(store, packer.buffers(), workers.inflaters(), threads + 1);
            plans.forEach(plan -> plan.parts().forEach(packing::start));
            Batch batch = new Batch(packer, packing, assembler, scratch);
            Remembered<LayerPlan, LayerStage.Written> stage = remembered(batch::write);
            for (LayerPlan plan : plans) {
                progress.message("writing " + plan.kind().word() + " layer of "
                        + plan.parts().size() + " parts");
                stage.get(plan, progress);
            }
        } finally {
            FileUtils.deleteDirectory(scratch.toFile());
        }
    }

    private Remembered<LayerPlan, LayerStage.Written> remembered(LayerStage.Work work) {
        return new Remembered<>(new LayerStage(work), store, shared);
    }

    /** The work on layers that are written together. */
    private final class Batch {
        private final PartPacker packer;
        private final PartPacking packing;
        private final LayerAssembler assembler;
        private final Path scratch;

        Batch(PartPacker packer, PartPacking packing, LayerAssembler assembler, Path scratch) {
            this.packer = packer;
            this.packing = packing;
            this.assembler = assembler;
            this.scratch = scratch;
        }

        LayerStage.Written write(LayerPlan plan, Progress progress) throws IOException {
            List<PackedPart> parts = packing.await(plan.parts());
            Map<TreePath, Entry> directories = new TreeMap<>();
            parts.forEach(part -> part.directories().forEach(entry -> directories.putIfAbsent(entry.path(), entry)));
            List<PackedPart> all = new ArrayList<>();
            all.add(packer.packDirectories(directories.values()));
            all.addAll(parts);
            all.add(packer.packEnd());
            try {
                LayerAssembler.Assembled assembled = assembler.assemble(all);
                remember(plan, parts, assembled);
                return new LayerStage.Written(
                        assembled.digest(), assembled.diffId(), assembled.compressedSize(), assembled.size());
            } catch (CorruptPartException e) {
                packAgain(plan, parts, e);
                return write(plan, progress);
            }
        }

        private void remember(LayerPlan plan, List<PackedPart> parts, LayerAssembler.Assembled layer)
                throws IOException {
            PartMemory memory = new PartMemory(store);
            for (int i = 0; i < parts.size(); i++) {
                // The first part of the assembly is that of the directories.
                long offset = layer.offsets().get(i + 1);
                memory.keep(plan.parts().get(i).key(), parts.get(i), layer.digest(), offset);
            }
        }

        /** A damaged store is not the end: what is remembered wrongly is made again. */
        private void packAgain(LayerPlan plan, List<PackedPart> parts, CorruptPartException failure)
                throws IOException {
            Path file = failure.part().file();
            if (file.startsWith(scratch)) {
                throw failure;
            }
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).file().equals(file)) {
                    packing.startAgain(plan.parts().get(i));
                }
            }
        }
    }
}
