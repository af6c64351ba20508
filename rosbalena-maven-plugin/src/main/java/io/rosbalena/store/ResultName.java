package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the result of a stage is known by, on every machine.
 *
 * @param stage the stage's id
 * @param version the stage's version
 * @param key digest of both and of everything that the result depends on
 */
public record ResultName(String stage, int version, Digest key) {
    static <I> ResultName of(Stage<I, ?> stage, I input) throws IOException {
        return new ResultName(
                stage.id(),
                stage.version(),
                new KeyBuilder()
                        .add("stage", stage.id())
                        .add("version", stage.version())
                        .add("input", stage.key(input))
                        .build());
    }

    /** Where a store keeps the result if it was computed there. */
    public Path file(BlobStore store) {
        return file(store, key.hex());
    }

    /**
     * Where a store keeps the result as somebody else signed it: apart, so that it counts only for who trusts that key.
     *
     * @param signer digest of that key
     */
    Path file(BlobStore store, Digest signer) {
        return file(store, key.hex() + "-" + signer.hex());
    }

    private Path file(BlobStore store, String name) {
        return store.root().resolve("results").resolve(stage).resolve(name + ".json");
    }
}
