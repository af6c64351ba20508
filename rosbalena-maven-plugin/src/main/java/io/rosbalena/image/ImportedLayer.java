package io.rosbalena.image;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer that was made elsewhere, in the store in gzip form.
 *
 * @param digest of the gzip bytes: those that were given, or ours where they were not gzip
 * @param diffId of the tar archive
 * @param compressedSize bytes of the gzip form
 * @param size bytes of the tar archive
 * @param index blob with the archive's {@link io.rosbalena.tree.LayerIndex}
 */
record ImportedLayer(Digest digest, Digest diffId, long compressedSize, long size, Digest index) {
    /** The layer as one of an image's base. */
    Layer asBase() {
        return new Layer(digest, diffId, compressedSize, size, LayerKind.BASE, List.of());
    }

    static Codec<ImportedLayer> codec() {
        return new Codec<>() {
            @Override
            public Object encode(ImportedLayer layer) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("digest", layer.digest());
                document.put("diffId", layer.diffId());
                document.put("compressedSize", layer.compressedSize());
                document.put("size", layer.size());
                document.put("index", layer.index());
                return document;
            }

            @Override
            public ImportedLayer decode(JsonValue document) throws IOException {
                return new ImportedLayer(
                        Digest.parse(document.get("digest").string()),
                        Digest.parse(document.get("diffId").string()),
                        document.get("compressedSize").number(),
                        document.get("size").number(),
                        Digest.parse(document.get("index").string()));
            }

            @Override
            public List<Digest> blobs(ImportedLayer layer) {
                return List.of(layer.digest(), layer.index());
            }

            @Override
            public Map<Digest, Long> sizes(ImportedLayer layer) {
                return Map.of(layer.digest(), layer.compressedSize());
            }
        };
    }
}
