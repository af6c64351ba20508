package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.image.Platform;
import java.util.Optional;

/** What the loader of a platform takes. */
public enum Processor {
    AMD64("amd64", 62, 0x0303, "x86_64-linux-gnu", "x86_64"),
    ARM64("arm64", 183, 0x0a03, "aarch64-linux-gnu", "aarch64");

    private final String architecture;
    private final int machine;
    private final int kind;
    private final String triplet;
    private final String name;

    Processor(String architecture, int machine, int kind, String triplet, String name) {
        this.architecture = architecture;
        this.machine = machine;
        this.kind = kind;
        this.triplet = triplet;
        this.name = name;
    }

    /** That of a platform; empty for one that no image is built for. */
    public static Optional<Processor> of(Platform platform) {
        for (Processor one : values()) {
            if (one.architecture.equals(platform.architecture())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** As Debian calls it, for example {@code amd64}. */
    public String architecture() {
        return architecture;
    }

    /** The kind of its libraries in {@code ld.so.cache}, see {@link io.rosbalena.apt.state.LibraryFact#flags}. */
    public int kind() {
        return kind;
    }

    /** Name of the folder of its libraries, for example {@code x86_64-linux-gnu}. */
    public String triplet() {
        return triplet;
    }

    /** What {@code $PLATFORM} stands for ({@code ld.so(8)}). */
    String loaderName() {
        return name;
    }

    /** Whether it runs a program or shared object. */
    boolean runs(Linkage object) {
        return object.wide() && object.machine() == machine;
    }
}
