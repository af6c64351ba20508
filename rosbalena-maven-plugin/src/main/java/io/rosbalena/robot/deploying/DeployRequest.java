package io.rosbalena.robot.deploying;

import java.util.Optional;

/**
 * How a release is wanted.
 *
 * @param draft not yet for devices
 * @param pin the fleet shall run it, also where it follows another one
 * @param dryRun nothing is sent; the calls are printed
 * @param note for those who look at the release
 * @param pluginVersion what makes it, for its tags
 */
public record DeployRequest(boolean draft, boolean pin, boolean dryRun, Optional<String> note, String pluginVersion) {}
