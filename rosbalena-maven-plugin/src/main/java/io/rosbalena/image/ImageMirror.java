package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings images into the store with every byte as their source has it. */
public final class ImageMirror {
    private final BlobStore store;

    public ImageMirror(BlobStore store) {
        this.store = store;
    }

    /**
     * The digest of the manifest that stands for a source on a platform; the manifest is in the store afterwards.
     *
     * @throws io.rosbalena.finding.FindingException RB452 if there is none for the platform, RB454 if it is malformed
     * @throws IOException if the source cannot be reached
     */
    public Digest resolve(ManifestSource source, Platform platform) throws IOException {
        return store.put(ManifestChoice.choose(source, platform));
    }

    /**
     * Brings the configuration and the layers of a manifest into the store; what it has already is not asked for.
     *
     * @param source names this manifest itself, not an index that leads to it
     * @throws io.rosbalena.finding.FindingException RB454 if a part is not what the manifest says
     * @throws IOException if the source cannot be reached
     */
    public void fetch(ManifestSource source, Digest manifest, Progress progress) throws IOException {
        try {
            if (!store.has(manifest) && !store.put(source.top()).equals(manifest)) {
                throw new MalformedImageException("it is not " + manifest);
            }
            ImageManifest parsed = ManifestChoice.manifest(store.bytes(manifest));
            List<Descriptor> missing = new ArrayList<>(parsed.layers());
            missing.add(parsed.config());
            missing.removeIf(blob -> store.has(blob.digest()));
            source.fetch(missing, store, progress);
        } catch (MalformedImageException | DigestMismatchException e) {
            throw BaseProblem.malformed(source.name(), e);
        }
    }
}
