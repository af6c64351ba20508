package io.rosbalena.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Paths of the host that a service may see on balena, each by a label, and advice for those that it may not. */
final class BindMounts {
    /**
     * What a label mounts.
     *
     * @param label the label
     * @param sources paths of the host, all of which are mounted together
     * @param effect where they appear
     */
    record Feature(String label, List<String> sources, String effect) {}

    private static final List<Feature> FEATURES = List.of(
            new Feature("io.balena.features.balena-socket", List.of("/var/run/docker.sock"), "the engine's socket"),
            new Feature(
                    "io.balena.features.balena-socket", List.of("/var/run/balena-engine.sock"), "the engine's socket"),
            new Feature("io.balena.features.dbus", List.of("/run/dbus"), "it appears as /host/run/dbus"),
            new Feature("io.balena.features.sysfs", List.of("/sys"), "it appears as /sys, writable"),
            new Feature("io.balena.features.procfs", List.of("/proc"), "it appears as /proc, writable"),
            new Feature("io.balena.features.kernel-modules", List.of("/lib/modules"), "it appears as /lib/modules"),
            new Feature("io.balena.features.firmware", List.of("/lib/firmware"), "it appears as /lib/firmware"),
            new Feature(
                    "io.balena.features.journal-logs",
                    List.of("/var/log/journal", "/run/log/journal", "/etc/machine-id"),
                    "they appear read-only at the same paths"));

    private static final Map<String, String> ADVICE = Map.of(
            "/dev", "list the devices under devices:, or use privileged: true when they come and go",
            "/dev/shm", "use ipc: host",
            "/tmp/.X11-unix", "a robot has no display; run the viewer on the desk, on the same ROS_DOMAIN_ID",
            "/etc/localtime", "set the variable TZ",
            "/etc/timezone", "set the variable TZ",
            "/run/udev", "use privileged: true and network_mode: host for devices that come and go");

    private BindMounts() {}

    /** The feature that mounts a path of the host. */
    static Optional<Feature> feature(String source) {
        return FEATURES.stream()
                .filter(feature -> feature.sources().contains(source))
                .findFirst();
    }

    /** Whether a path is another or below it; {@code /var/run} is {@code /run}. */
    private static boolean isWithin(String source, String path) {
        String within = source.replaceFirst("^/var/run/", "/run/");
        String above = path.replaceFirst("^/var/run/", "/run/");
        return within.equals(above) || within.startsWith(above + "/");
    }

    /** What to do instead of mounting a path. */
    static String advice(String source) {
        String known = ADVICE.get(source);
        if (known != null) {
            return known;
        }
        Optional<Feature> above = FEATURES.stream()
                .filter(feature -> feature.sources().stream().anyMatch(path -> isWithin(source, path)))
                .findFirst();
        if (above.isPresent()) {
            return "write the label " + above.get().label() + ": \"1\"; of "
                    + String.join(", ", above.get().sources()) + " "
                    + above.get().effect();
        }
        if (source.equals("..") || source.startsWith("../")) {
            return "copy it into the project, then into the image with x-rosbalena.files; or use a named volume for data";
        }
        if (source.startsWith("/dev/")) {
            return "write devices: [\"" + source + ":" + source + "\"]";
        }
        return source.startsWith("/") || source.startsWith("~")
                ? "use a named volume for data, x-rosbalena.files for files of the project"
                : "put it into the image: x-rosbalena: {files: [\"" + source.replaceFirst("^\\./", "")
                        + ":/ros2_ws/…\"]}, or use a named volume for data";
    }
}
