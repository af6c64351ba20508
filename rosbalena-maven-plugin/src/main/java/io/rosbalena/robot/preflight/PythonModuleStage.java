package io.rosbalena.robot.preflight;

import io.rosbalena.json.JsonValue;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import io.rosbalena.tree.Content;
import java.io.IOException;
import java.util.List;

/** Reads what a Python file of a Debian package or wheel imports, without opening that one again the next time. */
final class PythonModuleStage implements Stage<Content, PythonModule> {
    @Override
    public String id() {
        return "python-module";
    }

    @Override
    public int version() {
        return 1;
    }

    /** @param input has an identity */
    @Override
    public Digest key(Content input) {
        return new KeyBuilder().add("file", input.identity().orElseThrow()).build();
    }

    @Override
    public PythonModule run(Content input, Progress progress) throws IOException {
        return PythonModule.of(input.bytes());
    }

    @Override
    public Codec<PythonModule> codec() {
        return new Codec<>() {
            @Override
            public Object encode(PythonModule module) {
                return module.encode();
            }

            @Override
            public PythonModule decode(JsonValue document) throws IOException {
                return PythonModule.decode(document);
            }

            @Override
            public List<Digest> blobs(PythonModule module) {
                return List.of();
            }
        };
    }
}
