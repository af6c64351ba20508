package io.rosbalena.robot.exporting;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is wanted of an export.
 *
 * @param output the folder that is written, for the first platform
 * @param base the image that Dockerfiles begin with, in place of the robot's base
 */
public record ExportRequest(Path output, Optional<String> base) {}
