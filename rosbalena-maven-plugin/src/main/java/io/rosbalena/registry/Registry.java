package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One registry. Connections are reused, failures that may pass are retried, every digest is checked. Safe for several
 * threads. Methods throw {@link RegistryException} for what the registry refuses, and the exceptions of
 * {@link io.rosbalena.transfer.Transfer} for what the network does.
 */
public final class Registry {
    private final RegistryHttp http;

    Registry(RegistryHttp http) {
        this.http = http;
    }

    /**
     * Brings a manifest or index into the store, byte for byte.
     *
     * @param selector a tag or a digest
     */
    public Descriptor manifest(String repository, String selector, BlobStore store) throws IOException {
        return new ManifestEndpoint(http).get(repository, selector, store);
    }

    /** A manifest as it is there, of whatever kind; empty if there is none. */
    public Optional<byte[]> readManifest(String repository, String selector) throws IOException {
        return new ManifestEndpoint(http).read(repository, selector);
    }

    /** The digest behind a tag or digest, if the registry has it. */
    public Optional<Digest> find(String repository, String selector) throws IOException {
        return new ManifestEndpoint(http).head(repository, selector);
    }

    /** Writes a manifest, whose blobs must be there. */
    public Digest putManifest(String repository, String selector, String mediaType, byte[] bytes) throws IOException {
        return new ManifestEndpoint(http)
                .put(repository, selector, mediaType, bytes, Scope.push(repository, List.of()));
    }

    /** Whether a repository has a blob. */
    public boolean hasBlob(String repository, Digest digest) throws IOException {
        return new BlobEndpoint(http).has(repository, digest, Scope.pull(repository));
    }

    /**
     * Brings a blob into the store, if it is not there.
     *
     * @param size how many bytes it must have
     */
    public void fetchBlob(String repository, Digest digest, long size, BlobStore store, Progress progress)
            throws IOException {
        if (!store.has(digest)) {
            new BlobEndpoint(http).fetch(repository, digest, size, store, progress);
        }
    }

    /**
     * Reads a small blob whose size is not known.
     *
     * @param limit the most bytes that are accepted
     * @return empty if the repository does not have it
     */
    public Optional<byte[]> readBlob(String repository, Digest digest, long limit) throws IOException {
        return new BlobEndpoint(http).read(repository, digest, limit);
    }

    /**
     * Brings a blob of the store into a repository.
     *
     * @param sources other repositories of this registry that may have it
     * @return whether its bytes had to be sent
     */
    public boolean pushBlob(
            String repository, Digest digest, BlobStore store, Collection<String> sources, Progress progress)
            throws IOException {
        Upload upload =
                new Upload(http, repository, Scope.push(repository, sources), digest, store, progress, Upload.PIECE);
        return upload.run(sources) == Upload.Outcome.SENT;
    }

    RegistryHttp http() {
        return http;
    }

    /** The tags of a repository. */
    public List<String> tags(String repository) throws IOException {
        return new TagsEndpoint(http).list(repository);
    }
}
