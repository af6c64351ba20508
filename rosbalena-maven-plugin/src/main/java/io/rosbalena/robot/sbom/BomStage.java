package io.rosbalena.robot.sbom;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writing the bill of materials of one image, so that a build that changes another service costs a look-up. */
final class BomStage implements Stage<Digest, BomStage.Document> {
    /**
     * A document in the store.
     *
     * @param size bytes
     */
    record Document(Digest digest, long size) {}

    @Override
    public String id() {
        return "sbom";
    }

    /** Raised whenever the document of an image would read otherwise. */
    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Digest input) {
        return input;
    }

    @Override
    public Document run(Digest input, Progress progress) {
        throw new IllegalStateException("a bill of materials is only looked up and kept");
    }

    @Override
    public Codec<Document> codec() {
        return new Codec<>() {
            @Override
            public Object encode(Document document) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("digest", document.digest());
                json.put("size", document.size());
                return json;
            }

            @Override
            public Document decode(JsonValue json) throws IOException {
                return new Document(
                        Digest.parse(json.get("digest").string()),
                        json.get("size").number());
            }

            @Override
            public List<Digest> blobs(Document document) {
                return List.of(document.digest());
            }

            @Override
            public Map<Digest, Long> sizes(Document document) {
                return Map.of(document.digest(), document.size());
            }
        };
    }
}
