package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.LayerIndex;
import io.rosbalena.tree.LayeredView;
import io.rosbalena.tree.UnpackedLayer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.InflaterInputStream;

/** Looks into images whose layers are in the store. The first look at a layer reads all of it, later ones an index. */
public final class ImageViews {
    private final BlobStore store;

    public ImageViews(BlobStore store) {
        this.store = store;
    }

    /**
     * The files of an image; to be closed.
     *
     * @param layers from the bottom up
     * @throws IOException if a layer is not in the store or is no tar archive
     */
    public LayeredView open(List<Layer> layers, Progress progress) throws IOException {
        return view(importAll(layers.stream().map(Layer::digest).toList(), progress));
    }

    /** The same for the layers of a manifest. */
    public LayeredView open(ImageManifest manifest, Progress progress) throws IOException {
        return view(importAll(manifest.layers().stream().map(Descriptor::digest).toList(), progress));
    }

    /** What is known of a blob that was taken in before. */
    Optional<ImportedLayer> findImported(Digest blob) throws IOException {
        return new Remembered<>(new LayerImport(store), store).find(blob);
    }

    /** Takes blobs of the store in as layers, on all cores. */
    List<ImportedLayer> importAll(List<Digest> blobs, Progress progress) throws IOException {
        Remembered<Digest, ImportedLayer> stage = new Remembered<>(new LayerImport(store), store);
        List<ImportedLayer> known = new ArrayList<>();
        for (Digest blob : blobs) {
            stage.find(blob).ifPresent(known::add);
        }
        if (known.size() == blobs.size()) {
            return known;
        }
        progress.message("reading " + (blobs.size() - known.size()) + " layers");
        try (ImportThreads threads = new ImportThreads(WorkThreads.count())) {
            return threads.call(blobs.stream()
                    .<Callable<ImportedLayer>>map(
                            blob -> () -> stage.get(blob, progress).value())
                    .toList());
        }
    }

    private LayeredView view(List<ImportedLayer> layers) throws IOException {
        List<UnpackedLayer> unpacked = new ArrayList<>();
        for (ImportedLayer layer : layers) {
            unpacked.add(new UnpackedLayer(index(layer.index()), archive(layer.digest()), store.temporary()));
        }
        return LayeredView.of(unpacked);
    }

    private LayerIndex index(Digest blob) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new InflaterInputStream(store.read(blob)), 1 << 16))) {
            return LayerIndex.read(in);
        }
    }

    private Content archive(Digest layer) {
        return () -> LayerCompression.GZIP.open(new BufferedInputStream(store.read(layer), 1 << 16));
    }
}
