package io.rosbalena.image;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What points to a blob, see OCI image-spec {@code descriptor.md}.
 *
 * @param mediaType what the blob is
 * @param digest of its bytes
 * @param size bytes
 * @param platform that a manifest in an index is for
 * @param annotations by name
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        SortedMap<String, String> annotations) {
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("negative size of " + digest);
        }
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** A descriptor of nothing but type, digest and size. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Optional.empty(), new TreeMap<>());
    }

    /**
     * Reads a descriptor.
     *
     * @throws IOException if a member is missing, the digest is not a SHA-256, or the size is negative
     */
    public static Descriptor read(JsonValue json) throws IOException {
        Optional<JsonValue> platform = json.find("platform");
        SortedMap<String, String> annotations = new TreeMap<>();
        Optional<JsonValue> written = json.find("annotations");
        if (written.isPresent()) {
            for (Map.Entry<String, JsonValue> annotation :
                    written.get().members().entrySet()) {
                annotations.put(annotation.getKey(), annotation.getValue().string());
            }
        }
        try {
            return new Descriptor(
                    json.get("mediaType").string(),
                    Digest.parse(json.get("digest").string()),
                    json.get("size").number(),
                    platform.isPresent() ? platform(platform.get()) : Optional.empty(),
                    annotations);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Attestations stand in an index under the platform {@code unknown/unknown}; other odd names match nothing. */
    private static Optional<Platform> platform(JsonValue json) throws IOException {
        try {
            return Optional.of(Platform.read(json));
        } catch (IOException e) {
            return Optional.of(Platform.UNKNOWN);
        }
    }

    /** The members, in the order of the specification. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", mediaType);
        json.put("digest", digest);
        json.put("size", size);
        if (!annotations.isEmpty()) {
            json.put("annotations", annotations);
        }
        platform.ifPresent(p -> json.put("platform", p.json()));
        return json;
    }

    Descriptor with(Platform other) {
        return new Descriptor(mediaType, digest, size, Optional.of(other), annotations);
    }
}
