package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.BrokenTransferException;
import io.rosbalena.transfer.TransferException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code /v2/<name>/manifests/<reference>}, see OCI distribution-spec. */
final class ManifestEndpoint {
    /** What the specification asks registries to take at least. */
    private static final long LARGEST = 4 << 20;

    private static final List<String> TYPES =
            List.of(MediaType.INDEX, MediaType.MANIFEST, MediaType.DOCKER_LIST, MediaType.DOCKER_MANIFEST);

    private final RegistryHttp http;

    ManifestEndpoint(RegistryHttp http) {
        this.http = http;
    }

    /** Brings a manifest or index into the store, unchanged. */
    Descriptor get(String repository, String selector, BlobStore store) throws IOException {
        URI uri = uri(repository, selector);
        RegistryRequest request =
                RegistryRequest.of("GET", uri, Scope.pull(repository)).header("Accept", String.join(", ", TYPES));
        return http.ask(request, answer -> {
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            byte[] bytes = read(uri, answer);
            Digest digest = Digest.of(bytes);
            Optional<Digest> expected = expected(selector).or(() -> stated(answer));
            if (expected.isPresent() && !expected.get().equals(digest)) {
                throw new DigestMismatchException(expected.get(), digest);
            }
            return Descriptor.of(mediaType(uri, answer, bytes), store.put(bytes), bytes.length);
        });
    }

    /** Reads a manifest of whatever kind, without believing anything of it; empty if the registry has none. */
    Optional<byte[]> read(String repository, String selector) throws IOException {
        URI uri = uri(repository, selector);
        RegistryRequest request =
                RegistryRequest.of("GET", uri, Scope.pull(repository)).header("Accept", String.join(", ", TYPES));
        return http.ask(request, answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            return Optional.of(read(uri, answer));
        });
    }

    /** The digest of a manifest that the registry has. */
    Optional<Digest> head(String repository, String selector) throws IOException {
        URI uri = uri(repository, selector);
        RegistryRequest request =
                RegistryRequest.of("HEAD", uri, Scope.pull(repository)).header("Accept", String.join(", ", TYPES));
        return http.ask(request, answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            return stated(answer).or(() -> expected(selector));
        });
    }

    /** Writes a manifest under a tag or its digest. */
    Digest put(String repository, String selector, String mediaType, byte[] bytes, Scope scope) throws IOException {
        URI uri = uri(repository, selector);
        Digest digest = Digest.of(bytes);
        RegistryRequest request = RegistryRequest.of("PUT", uri, scope)
                .header("Content-Type", mediaType)
                .body(RequestBody.of(bytes));
        return http.ask(request, answer -> {
            if (answer.status() != 201 && answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            Optional<Digest> stated = stated(answer);
            if (stated.isPresent() && !stated.get().equals(digest)) {
                throw new DigestMismatchException(digest, stated.get());
            }
            return digest;
        });
    }

    private static byte[] read(URI uri, Answer answer) throws IOException {
        try {
            return Bounded.read(answer.body(), LARGEST, uri);
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenTransferException(uri + ": the connection broke", e);
        }
    }

    /** What the document says of itself counts; old documents leave it to the header. */
    private static String mediaType(URI uri, Answer answer, byte[] bytes) throws IOException {
        Optional<JsonValue> own = Json.parse(bytes).find("mediaType");
        String type = own.isPresent()
                ? own.get().string()
                : answer.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .replaceFirst(";.*", "")
                        .strip();
        if (!TYPES.contains(type)) {
            throw new RegistryException(
                    RegistryException.Kind.UNUSABLE, uri + " is of the kind \"" + type + "\", which is no image");
        }
        return type;
    }

    private static Optional<Digest> expected(String selector) {
        return selector.startsWith("sha256:") ? Optional.of(Digest.parse(selector)) : Optional.empty();
    }

    private static Optional<Digest> stated(Answer answer) {
        return answer.headers()
                .firstValue("Docker-Content-Digest")
                .filter(value -> value.matches("sha256:[0-9a-f]{64}"))
                .map(Digest::parse);
    }

    private URI uri(String repository, String selector) {
        return http.uri(repository + "/manifests/" + selector);
    }
}
