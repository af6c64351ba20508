package io.rosbalena.registry;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.List;

/** An image in a registry: {@code registry:REF}. */
public final class RegistrySource implements ManifestSource {
    private final Registries registries;
    private final ImageName name;
    private final BlobStore store;

    /** @param store keeps the documents that are read */
    public RegistrySource(Registries registries, ImageName name, BlobStore store) {
        this.registries = registries;
        this.name = name;
        this.store = store;
    }

    @Override
    public String name() {
        return "registry:" + name;
    }

    @Override
    public byte[] top() throws IOException {
        return manifest(name.selector());
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        if (!store.has(digest)) {
            if (descriptor.mediaType().contains("config")
                    || descriptor.mediaType().contains("container.image")) {
                fetch(List.of(descriptor), store, Progress.SILENT);
            } else {
                manifest(digest.toString());
            }
        }
        return store.bytes(digest);
    }

    @Override
    public void fetch(List<Descriptor> blobs, BlobStore into, Progress progress) throws IOException {
        blobs.forEach(blob -> progress.expect(blob.size()));
        for (Descriptor blob : blobs) {
            try {
                registries.at(name.host()).fetchBlob(name.repository(), blob.digest(), blob.size(), into, progress);
            } catch (RegistryException e) {
                throw refused(e);
            }
        }
    }

    private byte[] manifest(String selector) throws IOException {
        try {
            return store.bytes(registries
                    .at(name.host())
                    .manifest(name.repository(), selector, store)
                    .digest());
        } catch (RegistryException e) {
            throw refused(e);
        }
    }

    private FindingException refused(RegistryException failure) {
        return FindingException.environment(RegistryFinding.of(name, failure), failure);
    }
}
