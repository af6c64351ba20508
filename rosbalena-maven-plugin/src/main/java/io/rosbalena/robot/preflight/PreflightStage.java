package io.rosbalena.robot.preflight;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.util.List;
import java.util.Map;

/**
 * The look into one image. Only that nothing was found is kept, so that a build that changes another service costs a
 * look-up; what is found names lines of files that the image does not depend on, and is found again.
 */
final class PreflightStage implements Stage<Digest, PreflightStage.Nothing> {
    /** Nothing was found. */
    record Nothing() {}

    @Override
    public String id() {
        return "preflight";
    }

    /** Raised whenever something would be found that was not found before. */
    @Override
    public int version() {
        return 4;
    }

    @Override
    public Digest key(Digest input) {
        return input;
    }

    @Override
    public Nothing run(Digest input, Progress progress) {
        throw new IllegalStateException("a preflight is only looked up and kept");
    }

    @Override
    public Codec<Nothing> codec() {
        return new Codec<>() {
            @Override
            public Object encode(Nothing nothing) {
                return Map.of();
            }

            @Override
            public Nothing decode(JsonValue document) {
                return new Nothing();
            }

            @Override
            public List<Digest> blobs(Nothing nothing) {
                return List.of();
            }
        };
    }
}
