package io.rosbalena.lint.rules;

import java.util.Map;

/** Whether what a service prints is seen when it prints it. */
final class Output implements Check {
    private static final Map<String, String> BUFFERING =
            Map.of("PYTHONUNBUFFERED", "", "RCUTILS_LOGGING_BUFFERED_STREAM", "1");

    @Override
    public void check(RobotView robot, Report report) {
        robot.services()
                .forEach(service -> BUFFERING.forEach((variable, value) -> service.variable(variable)
                        .filter(value::equals)
                        .ifPresent(stated -> report.add(
                                LintRule.BUFFERED_OUTPUT,
                                service.service(),
                                "environment." + variable,
                                "with " + variable + " set to \"" + stated
                                        + "\" messages arrive late, and the last ones before" + " a crash never",
                                "remove it"))));
    }
}
