package io.rosbalena.robot.preflight;

import io.rosbalena.json.JsonValue;
import io.rosbalena.lint.secret.SecretHit;
import io.rosbalena.lint.secret.SecretScan;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The search for secrets in one tree, which what is in the tree decides alone. */
final class SecretStage implements Stage<SecretStage.Searched, List<SecretHit>> {
    /**
     * A tree.
     *
     * @param key stands for all that is in it, and for its place
     * @param tree made only where it is not known already
     */
    record Searched(Digest key, Supplier<FileTree> tree) {}

    @Override
    public String id() {
        return "secrets";
    }

    /** Raised whenever something would be found that was not found before, or the other way round. */
    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Searched input) {
        return input.key();
    }

    @Override
    public List<SecretHit> run(Searched input, Progress progress) throws IOException {
        return SecretScan.of(input.tree().get());
    }

    @Override
    public Codec<List<SecretHit>> codec() {
        return new Codec<>() {
            @Override
            public Object encode(List<SecretHit> hits) {
                return Map.of(
                        "hits",
                        hits.stream()
                                .map(hit -> Map.of("path", hit.path(), "line", (long) hit.line(), "what", hit.what()))
                                .toList());
            }

            @Override
            public List<SecretHit> decode(JsonValue document) throws IOException {
                List<SecretHit> hits = new ArrayList<>();
                for (JsonValue hit : document.get("hits").items()) {
                    hits.add(new SecretHit(
                            hit.get("path").string(),
                            Math.toIntExact(hit.get("line").number()),
                            hit.get("what").string()));
                }
                return hits;
            }

            @Override
            public List<Digest> blobs(List<SecretHit> hits) {
                return List.of();
            }
        };
    }
}
