package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Spelling;
import java.util.List;
import java.util.Optional;

/** How the Supervisor brings a new release of a service (balena's page on update strategies). */
final class UpdateStrategies implements Check {
    private static final String STRATEGY = "io.balena.update.strategy";
    private static final String TIMEOUT = "io.balena.update.handover-timeout";
    private static final List<String> STRATEGIES =
            List.of("delete-then-download", "download-then-kill", "hand-over", "kill-then-download");

    /** Files with which a service holds back updates. */
    private static final List<String> LOCKS = List.of("/tmp/balena/updates.lock", "/tmp/resin/resin-updates.lock");

    @Override
    public void check(RobotView robot, Report report) {
        for (ServiceView service : robot.services()) {
            strategy(service, report);
            LOCKS.stream()
                    .filter(lock -> service.words().stream().anyMatch(word -> word.contains(lock)))
                    .findFirst()
                    .ifPresent(lock -> report.add(
                            LintRule.UPDATE_LOCK,
                            service.service(),
                            "command",
                            "while it holds " + lock + ", no service of the robot is updated",
                            "hold it as short as possible"));
        }
    }

    private static void strategy(ServiceView view, Report report) {
        Service service = view.service();
        // Balena's documentation shows an empty label; the Supervisor takes it for its default.
        Optional<String> strategy =
                Optional.ofNullable(service.labels().get(STRATEGY)).filter(value -> !value.isBlank());
        Optional<String> timeout =
                Optional.ofNullable(service.labels().get(TIMEOUT)).filter(value -> !value.isBlank());
        strategy.filter(value -> !STRATEGIES.contains(value))
                .ifPresent(value -> report.add(
                        LintRule.UPDATE_STRATEGY,
                        service,
                        "labels." + STRATEGY,
                        "the Supervisor knows no strategy " + value,
                        Spelling.nearest(value, STRATEGIES)
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("strategies are " + String.join(", ", STRATEGIES))));
        timeout.filter(value -> !value.matches("[0-9]{1,9}"))
                .ifPresent(value -> report.add(
                        LintRule.UPDATE_STRATEGY,
                        service,
                        "labels." + TIMEOUT,
                        "the time for a hand-over is a number of milliseconds, not " + value,
                        "write " + TIMEOUT + ": \"60000\""));
        if (strategy.filter("delete-then-download"::equals).isPresent()) {
            report.add(
                    LintRule.DELTAS_LOST,
                    service,
                    "labels." + STRATEGY,
                    "delete-then-download removes the image that a delta would be made from, so each update is a whole"
                            + " download",
                    "use kill-then-download where memory is short; the disk must then hold both images");
        }
        if (strategy.filter("hand-over"::equals).isPresent()) {
            handOver(view, report);
        } else if (timeout.isPresent()) {
            report.add(
                    LintRule.HAND_OVER,
                    service,
                    "labels." + TIMEOUT,
                    "without " + STRATEGY + ": hand-over nobody waits this time",
                    "set the strategy, or remove the label");
        }
    }

    private static void handOver(ServiceView view, Report report) {
        Service service = view.service();
        report.add(
                LintRule.HAND_OVER_FILE,
                service,
                "labels." + STRATEGY,
                "the old container runs beside the new one until the new one creates /tmp/balena/handover-complete,"
                        + " or for the whole " + TIMEOUT,
                "see that its program creates the file once it works");
        if (!service.ports().isEmpty()) {
            report.add(
                    LintRule.HAND_OVER,
                    service,
                    "ports",
                    "during a hand-over both containers run, and the host's port is the old one's",
                    "use download-then-kill, or reach the service by another service that owns the port");
        }
        if (!service.devices().isEmpty()) {
            report.add(
                    LintRule.HAND_OVER,
                    service,
                    "devices",
                    "during a hand-over both containers open "
                            + service.devices().get(0).source(),
                    "use download-then-kill for a driver");
        }
    }
}
