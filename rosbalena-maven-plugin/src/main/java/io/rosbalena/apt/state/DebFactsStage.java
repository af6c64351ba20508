package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.UnpackedDebs;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the facts of one package. */
public final class DebFactsStage implements Stage<DebFactsStage.Input, DebFacts> {
    /**
     * A package in the store.
     *
     * @param file the {@code .deb}
     * @param digest of its bytes, already proven
     * @param label how messages name it, for example its name and version
     */
    public record Input(Path file, Digest digest, String label) {}

    private final UnpackedDebs packages;

    /** @param packages opens the packages */
    public DebFactsStage(UnpackedDebs packages) {
        this.packages = packages;
    }

    @Override
    public String id() {
        return "deb-facts";
    }

    @Override
    public int version() {
        return 7;
    }

    /** Depends on the table of recipes, too: it says which files' contents are needed. */
    @Override
    public Digest key(Input input) {
        return new KeyBuilder()
                .add("deb", input.digest())
                .add("recipes", Recipes.standard().digest())
                .build();
    }

    @Override
    public DebFacts run(Input input, Progress progress) throws IOException {
        try (DebFile deb = packages.open(input.file(), input.digest(), input.label())) {
            return DebFacts.of(deb);
        }
    }

    @Override
    public Codec<DebFacts> codec() {
        return new DebFactsCodec();
    }
}
