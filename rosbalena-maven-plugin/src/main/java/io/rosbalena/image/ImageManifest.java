package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image consists of, see OCI image-spec {@code manifest.md}.
 *
 * @param config of the image
 * @param layers from the bottom up
 */
public record ImageManifest(Descriptor config, List<Descriptor> layers) {
    /** Far more layers than an engine can stack. */
    private static final int MOST_LAYERS = 1000;

    /** 64 GiB, beyond any image; a manifest's word alone shall not fill the disk. */
    private static final long LARGEST_LAYER = 64L << 30;

    public ImageManifest {
        layers = List.copyOf(layers);
    }

    /**
     * Reads an OCI or Docker (schema 2) manifest.
     *
     * @throws IOException if it is anything else
     */
    public static ImageManifest parse(byte[] bytes) throws IOException {
        JsonValue json = Json.parse(bytes);
        if (json.get("schemaVersion").number() != 2) {
            throw new IOException("an image manifest of the old schema "
                    + json.get("schemaVersion").number() + ", which no registry makes any more");
        }
        List<JsonValue> items = json.get("layers").items();
        if (items.size() > MOST_LAYERS) {
            throw new IOException("an image manifest with " + items.size() + " layers");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (JsonValue item : items) {
            Descriptor layer = Descriptor.read(item);
            if (layer.size() > LARGEST_LAYER) {
                throw new IOException("a layer of " + layer.size() + " bytes is more than an image holds");
            }
            layers.add(layer);
        }
        return new ImageManifest(Descriptor.read(json.get("config")), layers);
    }

    /** The canonical bytes of an OCI manifest. */
    public byte[] bytes() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 2);
        document.put("mediaType", MediaType.MANIFEST);
        document.put("config", config.json());
        document.put("layers", layers.stream().map(Descriptor::json).toList());
        return Json.compact(document);
    }

    /** Bytes that a robot without any of it downloads: configuration and layers. */
    public long compressedSize() {
        return config.size() + layers.stream().mapToLong(Descriptor::size).sum();
    }
}
