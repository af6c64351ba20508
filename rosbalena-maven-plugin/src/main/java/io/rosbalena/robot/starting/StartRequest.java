package io.rosbalena.robot.starting;

import java.util.Optional;

/**
 * What somebody says who starts a project.
 *
 * @param groupId of the Maven project; empty: its artifact id
 * @param artifactId of the Maven project; empty: the folder's name
 * @param pluginVersion version of this plugin
 * @param shellDistro {@code ROS_DISTRO} of who calls, which counts only where nothing in the folder says more
 */
public record StartRequest(
        Optional<String> groupId, Optional<String> artifactId, String pluginVersion, Optional<String> shellDistro) {}
