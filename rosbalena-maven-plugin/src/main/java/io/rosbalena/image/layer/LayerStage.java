package io.rosbalena.image.layer;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts to layer: the bytes depend on the list of part keys alone. */
final class LayerStage implements Stage<LayerPlan, LayerStage.Written> {
    /** A layer's bytes, whatever the layer is for. */
    record Written(Digest digest, Digest diffId, long compressedSize, long size) {}

    @Override
    public String id() {
        return "layer";
    }

    @Override
    public int version() {
        return PartMemory.VERSION;
    }

    @Override
    public Digest key(LayerPlan plan) {
        return new KeyBuilder()
                .add("parts", plan.parts().stream().map(LayerPart::key).toList())
                .build();
    }

    @Override
    public Written run(LayerPlan plan, Progress progress) {
        throw new IllegalStateException("layers are written together, by LayersWriting");
    }

    @Override
    public Codec<Written> codec() {
        return new Codec<>() {
            @Override
            public Object encode(Written layer) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("digest", layer.digest());
                document.put("diffId", layer.diffId());
                document.put("compressedSize", layer.compressedSize());
                document.put("size", layer.size());
                return document;
            }

            @Override
            public Written decode(JsonValue document) throws IOException {
                return new Written(
                        Digest.parse(document.get("digest").string()),
                        Digest.parse(document.get("diffId").string()),
                        document.get("compressedSize").number(),
                        document.get("size").number());
            }

            @Override
            public List<Digest> blobs(Written layer) {
                return List.of(layer.digest());
            }

            @Override
            public Map<Digest, Long> sizes(Written layer) {
                return Map.of(layer.digest(), layer.compressedSize());
            }
        };
    }
}
