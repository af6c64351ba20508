package io.rosbalena.robot;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.image.Platform;
import io.rosbalena.store.Digest;
import java.util.Map;

/**
 * A robot that is built.
 *
 * @param outcome the files that were written
 * @param model the resolved manifest
 * @param images digest of the manifest of each service's image, by platform
 */
record BuiltRobot(BuildOutcome outcome, ComposeModel model, Map<Platform, Map<String, Digest>> images) {}
