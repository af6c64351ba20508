package io.rosbalena.robot.publishing;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.MediaType;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The images of one service for several platforms as one, see OCI image-spec {@code image-index.md}. */
final class PlatformIndex {
    private PlatformIndex() {}

    /** The canonical bytes; the order of the platforms is kept. */
    static byte[] bytes(Map<Platform, Digest> images, BlobStore store) throws IOException {
        List<Object> manifests = new ArrayList<>();
        for (Map.Entry<Platform, Digest> image : images.entrySet()) {
            byte[] manifest = store.bytes(image.getValue());
            Optional<JsonValue> type = Json.parse(manifest).find("mediaType");
            manifests.add(new Descriptor(
                            type.isPresent() ? type.get().string() : MediaType.MANIFEST,
                            image.getValue(),
                            manifest.length,
                            Optional.of(image.getKey()),
                            new TreeMap<>())
                    .json());
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaType.INDEX);
        index.put("manifests", manifests);
        return Json.compact(index);
    }
}
