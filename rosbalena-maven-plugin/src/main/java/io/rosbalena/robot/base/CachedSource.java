package io.rosbalena.robot.base;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.robot.surroundings.SharedBlob;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Looks in the cache for what is known by its digest before it goes to where an image comes from. With the digest of the
 * manifest, all of an image can come from the cache; without it, the reference is asked what it stands for now.
 */
record CachedSource(ManifestSource origin, Optional<Digest> manifest, Surroundings surroundings)
        implements ManifestSource {
    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public byte[] top() throws IOException {
        if (manifest.isEmpty()) {
            return origin.top();
        }
        Optional<byte[]> cached = document(manifest.get());
        return cached.isPresent() ? cached.get() : origin.top();
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
        Optional<byte[]> cached = document(descriptor.digest());
        return cached.isPresent() ? cached.get() : origin.document(descriptor);
    }

    private Optional<byte[]> document(Digest digest) throws IOException {
        return surroundings
                .cache()
                .document("a document of " + name(), digest, LARGEST_MANIFEST, surroundings.console());
    }

    @Override
    public void fetch(List<Descriptor> blobs, BlobStore store, Progress progress) throws IOException {
        surroundings
                .cache()
                .bring(
                        blobs.stream()
                                .map(blob -> new SharedBlob("a part of " + name(), blob.digest(), blob.size()))
                                .toList(),
                        surroundings.console());
        List<Descriptor> rest =
                blobs.stream().filter(blob -> !store.has(blob.digest())).toList();
        if (!rest.isEmpty()) {
            origin.fetch(rest, store, progress);
        }
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
