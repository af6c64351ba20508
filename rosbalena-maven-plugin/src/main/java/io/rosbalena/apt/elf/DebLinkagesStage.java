package io.rosbalena.apt.elf;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.UnpackedDebs;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what the programs and shared objects of one Debian package are linked with. */
public final class DebLinkagesStage implements Stage<DebLinkagesStage.Input, Linkages> {
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
    public DebLinkagesStage(UnpackedDebs packages) {
        this.packages = packages;
    }

    @Override
    public String id() {
        return "deb-linkages";
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
    public Linkages run(Input input, Progress progress) throws IOException {
        try (DebFile deb = packages.open(input.file(), input.digest(), input.label())) {
            return Linkages.of(deb.data());
        }
    }

    @Override
    public Codec<Linkages> codec() {
        return Linkages.CODEC;
    }
}
