package io.rosbalena.lint.rules;

import io.rosbalena.compose.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what ROS writes stands on a volume, and not in the container, which goes with each update. */
final class WrittenFiles implements Check {
    private static final List<String> VARIABLES = List.of("ROS_LOG_DIR", "ROS_HOME");

    @Override
    public void check(RobotView robot, Report report) {
        for (ServiceView service : robot.services()) {
            for (String variable : VARIABLES) {
                service.variable(variable)
                        .filter(path -> path.startsWith("/") && !isMounted(service, path))
                        .ifPresent(path -> report.add(
                                LintRule.CONTAINER_LAYER,
                                service.service(),
                                "environment." + variable,
                                variable + " " + path + " stands in the container: it wears the device's flash and is"
                                        + " gone with the next update",
                                "name a folder on a volume, or under tmpfs: if nobody reads it later"));
            }
            bag(service)
                    .filter(path -> !isMounted(service, path))
                    .ifPresent(path -> report.add(
                            LintRule.CONTAINER_LAYER,
                            service.service(),
                            "command",
                            "the bag is written into the container: it is gone with the next update",
                            "mount a volume, for example resin-data:/data, and record with --output /data/bag"));
        }
    }

    /** Where {@code ros2 bag record} writes. */
    private static Optional<String> bag(ServiceView service) {
        List<String> words = service.ros2();
        if (words.size() < 2 || !words.get(0).equals("bag") || !words.get(1).equals("record")) {
            return Optional.empty();
        }
        String folder = service.service().text("working_dir").orElse("/ros2_ws");
        for (int i = 2; i < words.size(); i++) {
            String word = words.get(i);
            if ((word.equals("-o") || word.equals("--output")) && i + 1 < words.size()) {
                return Optional.of(absolute(folder, words.get(i + 1)));
            }
            if (word.startsWith("--output=")) {
                return Optional.of(absolute(folder, word.substring("--output=".length())));
            }
        }
        return Optional.of(folder + "/rosbag2");
    }

    private static String absolute(String folder, String path) {
        return path.startsWith("/") ? path : folder + "/" + path;
    }

    private static boolean isMounted(ServiceView service, String path) {
        List<String> targets = new ArrayList<>(service.service().texts("tmpfs"));
        service.service().volumes().stream().map(VolumeMount::target).forEach(targets::add);
        return targets.stream()
                .map(target -> target.endsWith("/") ? target : target + "/")
                .anyMatch(target -> (path + "/").startsWith(target));
    }
}
