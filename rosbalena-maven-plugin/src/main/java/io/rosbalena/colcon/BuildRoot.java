package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An unpacked root that holds colcon, compilers and the packages that the workspace builds against.
 *
 * @param directory where it stands on this machine; it has the empty directories {@code /ros2_ws/src}, {@code build},
 *     {@code install} and {@code log}, and {@link CompilerCache#PLACE} if it has the program for it
 * @param digest stands for its whole content, and for that of the sysroot
 * @param cross what it compiles for, if that is another machine
 */
public record BuildRoot(Path directory, Digest digest, Optional<CrossCompile> cross) {

    /** A root that compiles for the machine that it runs on. */
    public BuildRoot(Path directory, Digest digest) {
        this(directory, digest, Optional.empty());
    }
}
