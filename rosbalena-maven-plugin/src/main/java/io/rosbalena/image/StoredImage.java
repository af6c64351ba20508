package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An image of the store as an engine looks at it.
 *
 * @param config descriptor of its configuration, whose digest is the image's id in an engine
 * @param layers as they are stored, from the bottom up
 * @param diffIds digests of the layers' archives, of each layer in turn
 */
public record StoredImage(Descriptor config, List<Descriptor> layers, List<Digest> diffIds) {
    public StoredImage {
        layers = List.copyOf(layers);
        diffIds = List.copyOf(diffIds);
        if (layers.size() != diffIds.size()) {
            throw new IllegalArgumentException(
                    "an image with " + layers.size() + " layers and " + diffIds.size() + " diff ids");
        }
    }

    /**
     * Reads manifest and configuration.
     *
     * @param manifest digest of the image's manifest
     * @throws IOException if one of them is not in the store or malformed
     */
    public static StoredImage read(Digest manifest, BlobStore store) throws IOException {
        ImageManifest parsed = ImageManifest.parse(store.bytes(manifest));
        JsonValue document = Json.parse(store.bytes(parsed.config().digest()));
        List<Digest> diffIds = new ArrayList<>();
        try {
            for (String diffId : document.get("rootfs").get("diff_ids").strings()) {
                diffIds.add(Digest.parse(diffId));
            }
            return new StoredImage(parsed.config(), parsed.layers(), diffIds);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The id by which an engine knows it. */
    public Digest id() {
        return config.digest();
    }

    /** Its layers' chain ids, from the bottom up. */
    public List<Digest> chain() {
        return LayerChain.of(diffIds);
    }
}
