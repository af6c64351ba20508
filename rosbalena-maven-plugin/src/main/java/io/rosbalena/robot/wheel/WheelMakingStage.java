package io.rosbalena.robot.wheel;

import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A wheel made from sources, so that it is made once. Computed by {@link WheelMaking}. */
final class WheelMakingStage implements Stage<WheelMakingStage.Input, WheelMakingStage.Made> {
    /**
     * What a wheel is made from.
     *
     * @param source the archive of the sources
     * @param root the root that it is made in
     * @param tools the wheels that its backend needs
     */
    record Input(LockedWheel.Source source, Digest root, List<LockedWheel> tools) {}

    /**
     * A wheel that was made.
     *
     * @param filename its name
     * @param sha256 its digest
     */
    record Made(String filename, Digest sha256) {}

    @Override
    public String id() {
        return "wheel-making";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Input input) {
        KeyBuilder key = new KeyBuilder()
                .add("source", input.source().filename())
                .add("sha256", input.source().sha256())
                .add("root", input.root());
        input.tools().forEach(tool -> key.add(tool.filename(), tool.sha256()));
        return key.build();
    }

    @Override
    public Made run(Input input, Progress progress) {
        throw new IllegalStateException("a wheel is only looked up and kept");
    }

    @Override
    public Codec<Made> codec() {
        return new Codec<>() {
            @Override
            public Object encode(Made made) {
                return Map.of("filename", made.filename(), "sha256", made.sha256());
            }

            @Override
            public Made decode(JsonValue document) throws IOException {
                return new Made(
                        document.get("filename").string(),
                        Digest.parse(document.get("sha256").string()));
            }

            @Override
            public List<Digest> blobs(Made made) {
                return List.of(made.sha256());
            }
        };
    }
}
