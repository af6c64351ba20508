package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.image.MediaType;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.List;

/**
 * An image in a registry: {@code registry:REF}, or the {@code image:} of a service. What the registry or the network refuses is told as a finding; the
 * registry is not reached before something is asked of it that the store does not have.
 */
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
        return name.toString();
    }

    @Override
    public byte[] top() throws IOException {
        return manifest(name.selector());
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        if (!store.has(digest)) {
            if (MediaType.isIndex(descriptor.mediaType()) || MediaType.isManifest(descriptor.mediaType())) {
                manifest(digest.toString());
            } else {
                fetch(List.of(descriptor), store, Progress.SILENT);
            }
        }
        return store.bytes(digest);
    }

    @Override
    public void fetch(List<Descriptor> blobs, BlobStore into, Progress progress) throws IOException {
        blobs.forEach(blob -> progress.expect(blob.size()));
        for (Descriptor blob : blobs) {
            ask(() -> {
                registries.at(name.host()).fetchBlob(name.repository(), blob.digest(), blob.size(), into, progress);
                return blob.digest();
            });
        }
    }

    private byte[] manifest(String selector) throws IOException {
        return store.bytes(ask(() -> registries
                .at(name.host())
                .manifest(name.repository(), selector, store)
                .digest()));
    }

    @FunctionalInterface
    private interface Question {
        Digest ask() throws IOException;
    }

    /** Other bytes than a digest promises are told by who knows what they were wanted for. */
    private Digest ask(Question question) throws IOException {
        try {
            return question.ask();
        } catch (DigestMismatchException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryFinding.exception(name, e);
        }
    }
}
