package io.rosbalena.registry;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.Download;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** {@code /v2/<name>/blobs/<digest>}, see OCI distribution-spec. */
final class BlobEndpoint {
    private final RegistryHttp http;

    BlobEndpoint(RegistryHttp http) {
        this.http = http;
    }

    /** Whether a repository has a blob. */
    boolean has(String repository, Digest digest, Scope scope) throws IOException {
        URI uri = uri(repository, digest);
        return http.ask(RegistryRequest.of("HEAD", uri, scope), answer -> {
            if (answer.status() == 404) {
                return false;
            }
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            return true;
        });
    }

    /** Brings a blob into the store; a transfer that breaks goes on where it stopped. */
    void fetch(String repository, Digest digest, long size, BlobStore store, Progress progress) throws IOException {
        URI uri = uri(repository, digest);
        Scope scope = Scope.pull(repository);
        Download.fetch(
                (asked, headers) -> get(asked, headers, scope), uri, digest, size, store, progress, http.patience());
    }

    /** Reads a small blob, whose digest is checked; empty if the repository does not have it. */
    Optional<byte[]> read(String repository, Digest digest, long limit) throws IOException {
        URI uri = uri(repository, digest);
        return http.ask(RegistryRequest.of("GET", uri, Scope.pull(repository)), answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            byte[] bytes = Bounded.read(answer.body(), limit, uri);
            if (!Digest.of(bytes).equals(digest)) {
                throw new DigestMismatchException(digest, Digest.of(bytes));
            }
            return Optional.of(bytes);
        });
    }

    private Answer get(URI uri, Map<String, String> headers, Scope scope) throws IOException {
        RegistryRequest request = RegistryRequest.of("GET", uri, scope);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        Answer answer = http.send(request);
        if (answer.status() == 200 || answer.status() == 206 || answer.status() == 416) {
            return answer;
        }
        try (answer) {
            throw RegistryError.of(uri, answer);
        }
    }

    private URI uri(String repository, Digest digest) {
        return http.uri(repository + "/blobs/" + digest);
    }
}
