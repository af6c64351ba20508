package io.rosbalena.robot.building;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * What a build left.
 *
 * @param manifest the manifest of the first platform
 * @param otherManifests those of the other platforms, by architecture
 * @param debug archives of debug files, by classifier; none where nothing was compiled to machine code
 * @param images the folder of the OCI layout
 */
public record BuildOutcome(
        Path manifest, SortedMap<String, Path> otherManifests, SortedMap<String, Path> debug, Path images) {}
