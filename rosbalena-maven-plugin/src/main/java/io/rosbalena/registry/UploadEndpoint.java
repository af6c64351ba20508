package io.rosbalena.registry;

import io.rosbalena.store.Digest;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/<name>/blobs/uploads/}: steps of an upload, see OCI distribution-spec "Pushing Blobs". */
final class UploadEndpoint {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistryHttp http;
    private final String repository;
    private final Scope scope;

    UploadEndpoint(RegistryHttp http, String repository, Scope scope) {
        this.http = http;
        this.repository = repository;
        this.scope = scope;
    }

    /** Begins an upload and gives its address. */
    URI start() throws IOException {
        URI uri = http.uri(repository + "/blobs/uploads/");
        return http.once(RegistryRequest.of("POST", uri, scope), answer -> {
            if (answer.status() != 202) {
                throw RegistryError.of(uri, answer);
            }
            return location(uri, answer);
        });
    }

    /** Asks to take a blob over from another repository of the registry; tells whether that was done. */
    boolean mount(Digest digest, String source) throws IOException {
        URI uri = http.uri(repository + "/blobs/uploads/?mount=" + digest + "&from="
                + URLEncoder.encode(source, StandardCharsets.UTF_8));
        return http.ask(RegistryRequest.of("POST", uri, scope), answer -> {
            switch (answer.status()) {
                case 201 -> {
                    return true;
                }
                // 202: an ordinary upload is offered instead; 401 and 403: the source may not be read; 404, 405: no
                // mounting here. In each case the bytes are sent.
                case 202, 401, 403, 404, 405 -> {
                    return false;
                }
                default -> throw RegistryError.of(uri, answer);
            }
        });
    }

    /** Bytes that the registry has of an upload; empty if it no longer knows, or does not say. */
    OptionalLong offset(URI upload) throws IOException {
        return http.once(RegistryRequest.of("GET", upload, scope), answer -> {
            Matcher range = RANGE.matcher(answer.headers().firstValue("Range").orElse(""));
            // "0-0" stands for one byte and for none.
            if (answer.status() != 204 || !range.matches() || range.group(1).equals("0")) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(Long.parseLong(range.group(1)) + 1);
        });
    }

    /**
     * Sends bytes from an offset on, and gives the address to go on with.
     *
     * @param piece whether they are a part of the blob
     */
    URI patch(URI upload, RequestBody body, long offset, boolean piece) throws IOException {
        RegistryRequest request = RegistryRequest.of("PATCH", upload, scope)
                .header("Content-Type", "application/octet-stream")
                .body(body);
        if (piece) {
            request = request.header("Content-Range", offset + "-" + (offset + body.length() - 1));
        }
        return http.once(request, answer -> {
            if (answer.status() != 202 && answer.status() != 204) {
                throw RegistryError.of(upload, answer);
            }
            return location(upload, answer);
        });
    }

    /** Ends an upload, whose bytes the registry compares with the digest. */
    void put(URI upload, Digest digest) throws IOException {
        String separator = upload.getRawQuery() == null ? "?" : "&";
        URI uri = URI.create(
                upload + separator + "digest=" + URLEncoder.encode(digest.toString(), StandardCharsets.UTF_8));
        RegistryRequest request =
                RegistryRequest.of("PUT", uri, scope).header("Content-Type", "application/octet-stream");
        http.once(request, answer -> {
            if (answer.status() != 201 && answer.status() != 204) {
                throw RegistryError.of(uri, answer);
            }
            return true;
        });
    }

    private static URI location(URI uri, Answer answer) throws IOException {
        Optional<String> location = answer.headers().firstValue("Location");
        if (location.isEmpty()) {
            throw new RegistryException(
                    RegistryException.Kind.REFUSED, Location.show(uri) + " names no address for the upload");
        }
        return Location.redirect(uri, location.get());
    }
}
