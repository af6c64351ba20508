package io.rosbalena.lint.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether {@code ros2 launch} and {@code ros2 bag} end as they should: both on SIGINT only (ros2/launch 666,
 * ros2/rosbag2 1953), and a bag needs time for its index.
 */
final class Shutdown implements Check {
    private static final Set<String> INTERRUPTED = Set.of("launch", "bag");
    private static final Set<String> INTERRUPT = Set.of("SIGINT", "INT", "2");
    private static final Pattern IN_SHELL = Pattern.compile("(?s).*\\bros2\\s+(?:launch|bag|run)\\b.*");
    private static final Pattern REPLACED = Pattern.compile("(?s).*\\bexec\\s+ros2\\b.*");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash");

    @Override
    public void check(RobotView robot, Report report) {
        robot.services().forEach(service -> {
            signal(service, report);
            shell(service, report);
            grace(service, report);
        });
    }

    private static void signal(ServiceView service, Report report) {
        List<String> ros2 = service.ros2();
        if (ros2.isEmpty() || !INTERRUPTED.contains(ros2.get(0))) {
            return;
        }
        Optional<String> signal = service.service().text("stop_signal");
        if (signal.filter(one -> !INTERRUPT.contains(one)).isPresent()) {
            report.add(
                    LintRule.STOP_SIGNAL,
                    service.service(),
                    "stop_signal",
                    "ros2 " + ros2.get(0) + " ends on SIGINT, not on " + signal.get() + ": nodes are killed",
                    "write stop_signal: SIGINT");
        } else if (signal.isEmpty() && service.service().isForeign()) {
            report.add(
                    LintRule.STOP_SIGNAL,
                    service.service(),
                    "",
                    "ros2 " + ros2.get(0) + " ends on SIGINT, and the image may ask for SIGTERM: nodes are then killed",
                    "write stop_signal: SIGINT");
        }
    }

    /** A shell that does not give its place away gets the signal itself, and passes nothing on. */
    private static void shell(ServiceView service, Report report) {
        List<String> words = service.words();
        if (words.size() < 3
                || !SHELLS.contains(words.get(0).substring(words.get(0).lastIndexOf('/') + 1))) {
            return;
        }
        words.stream()
                .filter(word -> IN_SHELL.matcher(word).matches()
                        && !REPLACED.matcher(word).matches())
                .findFirst()
                .ifPresent(word -> report.add(
                        LintRule.STOP_SIGNAL,
                        service.service(),
                        service.service().command().isPresent() ? "command" : "entrypoint",
                        "the shell gets the signal to stop, and ros2 is killed",
                        "write exec before ros2, or start ros2 without a shell: its environment is in the image"));
    }

    private static void grace(ServiceView service, Report report) {
        List<String> ros2 = service.ros2();
        if (ros2.size() > 1
                && ros2.get(0).equals("bag")
                && ros2.get(1).equals("record")
                && service.service().stopGracePeriod().compareTo(Duration.ofSeconds(10)) <= 0) {
            report.add(
                    LintRule.STOP_GRACE,
                    service.service(),
                    "stop_grace_period",
                    "ten seconds after the signal the recording is killed; a bag that has no index then cannot be"
                            + " played",
                    "write stop_grace_period: 60s");
        }
    }
}
