package io.rosbalena.registry;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.BrokenTransferException;
import io.rosbalena.transfer.Retries;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/** One blob on its way into a repository, by the cheapest way that the registry offers. */
final class Upload {
    /** How a blob came into a repository. */
    enum Outcome {
        /** It was there. */
        PRESENT,
        /** The registry took it over from another repository. */
        MOUNTED,
        /** Its bytes were sent. */
        SENT
    }

    /**
     * Larger blobs are sent in pieces, so that a broken connection costs a piece. Smaller ones are sent whole, the one
     * way that every registry takes.
     */
    static final long PIECE = 64L << 20;

    private final String repository;
    private final Digest digest;
    private final BlobStore store;
    private final Progress progress;
    private final BlobEndpoint blobs;
    private final UploadEndpoint endpoint;
    private final Retries retries;
    private final Scope scope;
    private long piece;
    private Optional<URI> session = Optional.empty();
    private long offset;

    Upload(
            RegistryHttp http,
            String repository,
            Scope scope,
            Digest digest,
            BlobStore store,
            Progress progress,
            long piece) {
        this.repository = repository;
        this.digest = digest;
        this.store = store;
        this.progress = progress;
        this.scope = scope;
        this.blobs = new BlobEndpoint(http);
        this.endpoint = new UploadEndpoint(http, repository, scope);
        this.retries = new Retries(http.patience());
        this.piece = piece;
    }

    Outcome run(Collection<String> sources) throws IOException {
        return blobs.has(repository, digest, scope) ? Outcome.PRESENT : bring(sources);
    }

    /** Brings a blob that is not there. */
    Outcome bring(Collection<String> sources) throws IOException {
        for (String source : sources) {
            if (!source.equals(repository) && endpoint.mount(digest, source)) {
                return Outcome.MOUNTED;
            }
        }
        progress.expect(store.size(digest));
        long reached = 0;
        boolean broken = false;
        while (true) {
            try {
                if (broken && isThere()) {
                    return Outcome.SENT;
                }
                send();
                return Outcome.SENT;
            } catch (BrokenTransferException e) {
                retries.pause(e, offset > reached);
                reached = Math.max(reached, offset);
                broken = true;
            }
        }
    }

    /** After a failure: asks how far the upload came; if the registry has forgotten it, it may be complete. */
    private boolean isThere() throws IOException {
        OptionalLong known = session.isEmpty() ? OptionalLong.empty() : endpoint.offset(session.get());
        if (known.isPresent()) {
            offset = known.getAsLong();
            return false;
        }
        session = Optional.empty();
        return blobs.has(repository, digest, scope);
    }

    private void send() throws IOException {
        long size = store.size(digest);
        URI next = session.isPresent() ? session.get() : begin();
        while (offset < size) {
            long length = Math.min(size - offset, piece);
            RequestBody body = RequestBody.of(store.path(digest), offset, length, progress);
            try {
                next = endpoint.patch(next, body, offset, length < size);
            } catch (RegistryException e) {
                if (e.kind() != RegistryException.Kind.REFUSED || length == size) {
                    throw e;
                }
                // A registry that takes no pieces.
                piece = size;
                next = begin();
                continue;
            }
            offset += length;
            session = Optional.of(next);
        }
        endpoint.put(next, digest);
    }

    private URI begin() throws IOException {
        URI begun = endpoint.start();
        session = Optional.of(begun);
        offset = 0;
        return begun;
    }
}
