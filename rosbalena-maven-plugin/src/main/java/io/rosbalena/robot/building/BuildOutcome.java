package io.rosbalena.robot.building;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * What a build left.
 *
 * @param manifest the manifest of the first platform
 * @param otherManifests those of the other platforms, by architecture
 * @param images the folder of the OCI layout
 */
public record BuildOutcome(Path manifest, SortedMap<String, Path> otherManifests, Path images) {}
