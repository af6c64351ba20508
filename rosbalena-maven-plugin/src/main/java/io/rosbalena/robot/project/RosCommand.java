package io.rosbalena.robot.project;

import io.rosbalena.compose.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rosdep key of the package that a {@code ros2 VERB} command needs: no package of the workspace has to name it. */
public final class RosCommand {
    /** Verbs whose package is not called {@code ros2VERB}; a bag needs its storage plugins, too. */
    private static final Map<String, String> OTHERS = Map.of(
            "bag", "rosbag2",
            "control", "ros2controlcli",
            "daemon", "ros2cli",
            "extension_points", "ros2cli",
            "extensions", "ros2cli",
            "security", "sros2",
            "wtf", "ros2doctor");

    /** The verbs that look into a running robot. */
    private static final List<String> LOOKING =
            List.of("action", "doctor", "interface", "lifecycle", "node", "param", "service", "topic");

    private static final Pattern VERB = Pattern.compile("[a-z_]+");

    private RosCommand() {}

    /** The key that a service's own command, or the launch file that is started in its place, needs. */
    public static Optional<String> key(RobotService service) {
        return service.launched() ? Optional.of(LaunchStart.KEY) : key(service.compose());
    }

    /** The key that a service's command or entry point needs; empty if it is no {@code ros2} command. */
    public static Optional<String> key(Service service) {
        return field(service).flatMap(field -> service.arguments(field)).map(words -> key(words.get(1)));
    }

    /** The keys of the verbs that look into a running robot; sorted. */
    static SortedSet<String> tools() {
        return LOOKING.stream().map(RosCommand::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The field that holds the {@code ros2} command. */
    public static Optional<String> field(Service service) {
        return List.of("entrypoint", "command").stream()
                .filter(field ->
                        service.arguments(field).filter(RosCommand::isOne).isPresent())
                .findFirst();
    }

    private static boolean isOne(List<String> words) {
        return words.size() > 1
                && words.get(0).equals("ros2")
                && VERB.matcher(words.get(1)).matches();
    }

    private static String key(String verb) {
        return OTHERS.getOrDefault(verb, "ros2" + verb);
    }
}
