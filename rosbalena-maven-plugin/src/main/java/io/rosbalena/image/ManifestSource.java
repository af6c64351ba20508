package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Where an image comes from: a registry, a folder, an archive. A source only brings bytes; {@link BaseImages} chooses,
 * checks sizes and digests, and takes the layers in, so that every source gives the same image.
 */
public interface ManifestSource extends Closeable {
    /** The largest manifest or index that a source hands out, as registries have it: 4 MiB. */
    long LARGEST_MANIFEST = 4L << 20;

    /** As the user wrote it, for messages. */
    String name();

    /** The manifest or index that the reference leads to, byte for byte. */
    byte[] top() throws IOException;

    /** A small document that another one names: a manifest, an index or a configuration. */
    byte[] document(Descriptor descriptor) throws IOException;

    /**
     * Brings blobs into the store, each under the digest of its descriptor.
     *
     * @param blobs that are not in the store yet
     * @throws io.rosbalena.store.DigestMismatchException if the bytes are not those that a descriptor promises
     */
    void fetch(List<Descriptor> blobs, BlobStore store, Progress progress) throws IOException;

    @Override
    default void close() throws IOException {}
}
