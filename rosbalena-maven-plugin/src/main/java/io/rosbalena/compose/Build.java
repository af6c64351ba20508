package io.rosbalena.compose;

import java.util.Optional;

/**
 * {@code build} of a service: a folder with ROS packages.
 *
 * @param context the folder relative to the project, {@code /}-separated; {@code .} for the project itself
 * @param dockerfile the Dockerfile named, which is not read
 */
public record Build(String context, Optional<String> dockerfile) {}
