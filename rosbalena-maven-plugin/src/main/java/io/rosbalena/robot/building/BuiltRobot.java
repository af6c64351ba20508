package io.rosbalena.robot.building;

import io.rosbalena.image.Platform;
import io.rosbalena.store.Digest;
import java.util.Map;

/**
 * A robot that is built.
 *
 * @param outcome the files that were written
 * @param images digest of the manifest of each service's image, by platform
 */
public record BuiltRobot(BuildOutcome outcome, Map<Platform, Map<String, Digest>> images) {}
