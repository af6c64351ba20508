package io.rosbalena.colcon;

import io.rosbalena.sandbox.Processor;
import java.util.List;
import java.util.Optional;

/**
 * A kind of processor in the words of those who compile for it.
 *
 * @param architecture what Debian calls it, for example {@code arm64}
 * @param triplet what GNU calls it, and Debian its multiarch folders: {@code aarch64-linux-gnu}
 * @param processor what CMake calls it ({@code CMAKE_SYSTEM_PROCESSOR}, which is what {@code uname -m} says)
 * @param loader where its programs find what loads their libraries
 * @param elf {@code e_machine} of its programs, elf(5)
 */
public record GnuMachine(String architecture, String triplet, String processor, String loader, int elf) {
    private static final List<GnuMachine> ALL = List.of(
            new GnuMachine("amd64", "x86_64-linux-gnu", "x86_64", "/usr/lib64/ld-linux-x86-64.so.2", 62),
            new GnuMachine("arm64", "aarch64-linux-gnu", "aarch64", "/usr/lib/ld-linux-aarch64.so.1", 183));

    /** The machine of a Debian architecture; empty for one that ROS 2 has no packages for. */
    public static Optional<GnuMachine> of(String architecture) {
        return ALL.stream().filter(one -> one.architecture.equals(architecture)).findFirst();
    }

    /** Debian's package of the compilers that run elsewhere and make code for this machine. */
    public String crossCompilers() {
        // A package name has no underscores.
        return "g++-" + triplet.replace('_', '-');
    }

    /** The same in the words of those who run its programs. */
    public Processor emulated() {
        return new Processor(processor, elf);
    }

    /** The word that Debian's names of libraries for cross-compiling end with. */
    String crossSuffix() {
        return "-" + architecture + "-cross";
    }
}
