package io.rosbalena.store;

import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Joins a stage to the store: a result computed once is looked up the next time. A kept result counts only if all its
 * blobs are there; one that cannot be read is computed again.
 *
 * @param <I> the stage's input
 * @param <O> the stage's result
 */
public final class Remembered<I, O> {
    private final Stage<I, O> stage;
    private final BlobStore store;

    public Remembered(Stage<I, O> stage, BlobStore store) {
        this.stage = stage;
        this.store = store;
    }

    /**
     * A result and whether it was computed now.
     *
     * @param <O> the result
     */
    public record Outcome<O>(O value, boolean reused) {}

    /** The stage's result for this input if the store has it. */
    public Optional<O> find(I input) throws IOException {
        return read(file(input));
    }

    /** The stage's result for this input, from the store where it is known. */
    public Outcome<O> get(I input, Progress progress) throws IOException {
        Optional<O> known = find(input);
        if (known.isPresent()) {
            return new Outcome<>(known.get(), true);
        }
        O value = stage.run(input, progress);
        keep(input, value);
        return new Outcome<>(value, false);
    }

    /** Keeps a result that was computed together with others; one that a power cut damages is computed again. */
    public void keep(I input, O value) throws IOException {
        AtomicFile.writeUnsynced(file(input), Json.compact(stage.codec().encode(value)));
    }

    private Path file(I input) throws IOException {
        Digest key = new KeyBuilder()
                .add("stage", stage.id())
                .add("version", stage.version())
                .add("input", stage.key(input))
                .build();
        return store.root().resolve("results").resolve(stage.id()).resolve(key.hex() + ".json");
    }

    private Optional<O> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            O value = stage.codec().decode(Json.parse(Files.readAllBytes(file)));
            boolean complete = stage.codec().blobs(value).stream().allMatch(store::has);
            for (Map.Entry<Digest, Long> blob : stage.codec().sizes(value).entrySet()) {
                complete &= store.has(blob.getKey(), blob.getValue());
            }
            if (!complete) {
                return Optional.empty();
            }
            LastUse.mark(file, LastUse.of(file));
            return Optional.of(value);
        } catch (IOException | IllegalArgumentException e) {
            // A result that does not read is a result that is not there: the stage runs and replaces it.
            return Optional.empty();
        }
    }
}
