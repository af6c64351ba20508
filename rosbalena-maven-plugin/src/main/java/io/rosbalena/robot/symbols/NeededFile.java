package io.rosbalena.robot.symbols;

import io.rosbalena.symbols.BuildId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program or library that a process had in its memory.
 *
 * @param path where it stood on the robot
 * @param id its build id
 * @param packageName the package of the workspace, or the Debian package, that it is of
 * @param own whether that is a package of the workspace
 * @param debug its debug file on this machine
 */
record NeededFile(String path, Optional<BuildId> id, Optional<String> packageName, boolean own, Optional<Path> debug) {}
