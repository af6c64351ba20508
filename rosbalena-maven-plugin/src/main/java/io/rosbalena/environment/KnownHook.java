package io.rosbalena.environment;

/** Shell hooks of ROS itself that set nothing which a service could miss. */
final class KnownHook {
    private KnownHook() {}

    /**
     * True for {@code ros_environment}'s warning about a changed ROS_DISTRO and for the completions of interactive
     * shells that ros2cli and colcon install.
     */
    static boolean isHarmless(String script) {
        String name = script.substring(script.lastIndexOf('/') + 1);
        return name.endsWith("ros_distro_check.sh") || name.contains("argcomplete");
    }
}
