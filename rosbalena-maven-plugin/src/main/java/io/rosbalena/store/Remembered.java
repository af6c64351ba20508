package io.rosbalena.store;

import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private final SharedResults shared;

    public Remembered(Stage<I, O> stage, BlobStore store) {
        this(stage, store, SharedResults.NONE);
    }

    /** The same where what others have computed counts, too. */
    public Remembered(Stage<I, O> stage, BlobStore store, SharedResults shared) {
        this.stage = stage;
        this.store = store;
        this.shared = shared;
    }

    /**
     * A result and whether it was computed now.
     *
     * @param <O> the result
     */
    public record Outcome<O>(O value, boolean reused) {}

    /** The stage's result for this input if the store has it, or somebody who shares his results. */
    public Optional<O> find(I input) throws IOException {
        ResultName name = ResultName.of(stage, input);
        Optional<O> known = read(name.file(store));
        if (known.isPresent()) {
            shared.offer(name, stage.codec().blobs(known.get()));
            return known;
        }
        for (Digest signer : shared.signers()) {
            known = read(name.file(store, signer));
            if (known.isPresent()) {
                return known;
            }
        }
        Optional<SharedResults.Taken> taken = shared.take(name);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        Path file = name.file(store, taken.get().signer());
        AtomicFile.writeUnsynced(file, store.bytes(taken.get().document()));
        return read(file);
    }

    /** The same for several inputs, in their order. */
    public List<Optional<O>> findAll(List<I> inputs) throws IOException {
        return shared.each(inputs, this::find);
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
        ResultName name = ResultName.of(stage, input);
        AtomicFile.writeUnsynced(name.file(store), Json.compact(stage.codec().encode(value)));
        shared.offer(name, stage.codec().blobs(value));
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
