package io.rosbalena.colcon;

import io.rosbalena.environment.DirectoryView;
import io.rosbalena.environment.FileView;
import java.util.Map;
import java.util.Optional;

/**
 * The build root's own binutils, for whichever processor a file is made. Debian calls each tool by the processor's
 * triplet, both in the package that every compiler of the root's own processor needs and in those of cross compilers.
 */
final class Binutils {
    /** {@code e_machine} of {@code elf.h} → how Debian's tools for it are called. */
    private static final Map<Integer, String> PREFIXES = Map.of(
            40, "arm-linux-gnueabihf-",
            62, "x86_64-linux-gnu-",
            183, "aarch64-linux-gnu-",
            243, "riscv64-linux-gnu-");

    private final FileView root;

    Binutils(BuildRoot root) {
        this.root = new DirectoryView(root.directory());
    }

    /** The {@code objcopy} for such a file, absolute inside the root; empty if the root has none. */
    Optional<String> objcopy(ElfFile file) {
        return Optional.ofNullable(PREFIXES.get(file.machine()))
                .map(prefix -> "/usr/bin/" + prefix + "objcopy")
                .filter(root::isFile);
    }
}
