package io.rosbalena.apt.prune;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.UnpackedDebs;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads what the files of one package need. */
public final class DebNeedsStage implements Stage<DebNeedsStage.Input, FileNeeds> {
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
    public DebNeedsStage(UnpackedDebs packages) {
        this.packages = packages;
    }

    @Override
    public String id() {
        return "deb-needs";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Input input) {
        return new KeyBuilder().add("deb", input.digest()).build();
    }

    @Override
    public FileNeeds run(Input input, Progress progress) throws IOException {
        try (DebFile deb = packages.open(input.file(), input.digest(), input.label())) {
            return FileNeeds.of(deb.data());
        }
    }

    @Override
    public Codec<FileNeeds> codec() {
        return new Codec<>() {
            @Override
            public Object encode(FileNeeds needs) {
                return Map.of("libraries", List.copyOf(needs.libraries()), "modules", List.copyOf(needs.modules()));
            }

            @Override
            public FileNeeds decode(JsonValue document) throws IOException {
                return new FileNeeds(
                        new TreeSet<>(document.get("libraries").strings()),
                        new TreeSet<>(document.get("modules").strings()));
            }

            @Override
            public List<Digest> blobs(FileNeeds needs) {
                return List.of();
            }
        };
    }
}
