package io.rosbalena.robot.building;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole build as one stage, so that a build of what was built before costs a look-up. Computed by {@link Building}. */
final class BuildStage implements Stage<Digest, BuildStage.Built> {
    /**
     * What a build gave, all of it in the store.
     *
     * @param images digest of each service's manifest, by platform
     * @param manifests digest of the resolved compose file, by platform, the main one first
     * @param boms digest of each bill of materials, by the name of its file
     * @param debug digest of each archive of debug files, by classifier
     * @param report digest of {@code build.json}
     * @param warnings how many of its findings are warnings
     * @param blobs everything that a build writes, and how many bytes each has
     */
    record Built(
            Map<String, Map<String, Digest>> images,
            Map<String, Digest> manifests,
            Map<String, Digest> boms,
            Map<String, Digest> debug,
            Digest report,
            int warnings,
            Map<Digest, Long> blobs) {}

    @Override
    public String id() {
        return "build";
    }

    /** Raised, too, whenever any stage below gives other results for the same input. */
    @Override
    public int version() {
        return 9;
    }

    @Override
    public Digest key(Digest input) {
        return input;
    }

    @Override
    public Built run(Digest input, Progress progress) {
        throw new IllegalStateException("a build is only looked up and kept");
    }

    @Override
    public Codec<Built> codec() {
        return new Codec<>() {
            @Override
            public Object encode(Built built) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("images", built.images());
                document.put("manifests", built.manifests());
                document.put("boms", built.boms());
                document.put("debug", built.debug());
                document.put("report", built.report());
                document.put("warnings", built.warnings());
                Map<String, Object> blobs = new LinkedHashMap<>();
                built.blobs().forEach((digest, size) -> blobs.put(digest.toString(), size));
                document.put("blobs", blobs);
                return document;
            }

            @Override
            public Built decode(JsonValue document) throws IOException {
                Map<String, Map<String, Digest>> images = new LinkedHashMap<>();
                for (Map.Entry<String, JsonValue> platform :
                        document.get("images").members().entrySet()) {
                    images.put(platform.getKey(), digests(platform.getValue()));
                }
                Map<Digest, Long> blobs = new LinkedHashMap<>();
                for (Map.Entry<String, JsonValue> blob :
                        document.get("blobs").members().entrySet()) {
                    blobs.put(Digest.parse(blob.getKey()), blob.getValue().number());
                }
                return new Built(
                        images,
                        digests(document.get("manifests")),
                        digests(document.get("boms")),
                        digests(document.get("debug")),
                        Digest.parse(document.get("report").string()),
                        Math.toIntExact(document.get("warnings").number()),
                        blobs);
            }

            @Override
            public List<Digest> blobs(Built built) {
                return List.copyOf(built.blobs().keySet());
            }

            @Override
            public Map<Digest, Long> sizes(Built built) {
                return built.blobs();
            }
        };
    }

    private static Map<String, Digest> digests(JsonValue json) throws IOException {
        Map<String, Digest> digests = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            digests.put(member.getKey(), Digest.parse(member.getValue().string()));
        }
        return digests;
    }
}
