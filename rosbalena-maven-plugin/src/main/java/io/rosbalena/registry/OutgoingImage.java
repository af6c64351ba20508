package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image of the store on its way out.
 *
 * @param order where it goes
 * @param mediaType of its manifest
 * @param layers each once, from the bottom up
 * @param config its configuration
 */
record OutgoingImage(PushOrder order, String mediaType, List<Descriptor> layers, Descriptor config) {
    OutgoingImage {
        Map<Object, Descriptor> once = new LinkedHashMap<>();
        layers.forEach(layer -> once.putIfAbsent(layer.digest(), layer));
        layers = List.copyOf(once.values());
    }

    /** @throws IOException if the store does not hold all of it, each blob with the size that the manifest names */
    static OutgoingImage read(PushOrder order, BlobStore store) throws IOException {
        if (!store.has(order.manifest())) {
            throw new IOException("the manifest " + order.manifest() + " for " + order.repository()
                    + " is not in the store of this machine");
        }
        byte[] bytes = store.bytes(order.manifest());
        ImageManifest manifest = ImageManifest.parse(bytes);
        OutgoingImage image =
                new OutgoingImage(order, mediaType(Json.parse(bytes)), manifest.layers(), manifest.config());
        for (Descriptor blob : image.blobs()) {
            if (!store.has(blob.digest(), blob.size())) {
                throw new IOException("the blob " + blob.digest() + " for " + order.repository()
                        + " is not in the store of this machine with its " + blob.size() + " bytes");
            }
        }
        return image;
    }

    /** Docker's manifests always say what they are; those of OCI may leave it out (image-spec {@code manifest.md}). */
    private static String mediaType(JsonValue manifest) throws IOException {
        Optional<JsonValue> own = manifest.find("mediaType");
        return own.isPresent() ? own.get().string() : MediaType.MANIFEST;
    }

    /** Everything that must be there before the manifest. */
    List<Descriptor> blobs() {
        List<Descriptor> blobs = new ArrayList<>(layers);
        blobs.add(config);
        return blobs;
    }
}
