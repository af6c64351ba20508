package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import java.nio.file.Path;

/**
 * An unpacked root that holds colcon, compilers and the packages that the workspace builds against.
 *
 * @param directory where it stands on this machine; it has the empty directories {@code /ros2_ws/src}, {@code build},
 *     {@code install} and {@code log}
 * @param digest stands for its whole content
 */
public record BuildRoot(Path directory, Digest digest) {}
