package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import java.util.Optional;

/** Images that are named but should not be. */
final class ImageNames implements Check {
    /** What a rule, its sentence and its advice are given to. */
    private interface Teller {
        void tell(LintRule rule, String message, String fix);
    }

    @Override
    public void check(RobotView robot, Report report) {
        for (Service service : robot.compose().services().values()) {
            service.image()
                    .filter(image -> service.build().isEmpty())
                    .ifPresent(image -> image(
                            robot, image, (rule, message, fix) -> report.add(rule, service, "image", message, fix)));
        }
        robot.from().ifPresent(from -> image(robot, from, report::pom));
    }

    private static void image(RobotView robot, String name, Teller teller) {
        if (name.contains("%%")) {
            teller.tell(
                    LintRule.IMAGE_TEMPLATE,
                    "the template in " + name + " is filled in by balena's builders only",
                    "write " + filled(robot, name) + "; images are chosen by deviceTypes here");
            return;
        }
        String path = name.startsWith("docker.io/") ? name.substring("docker.io/".length()) : name;
        if (path.startsWith("balenalib/") || path.startsWith("resin/")) {
            teller.tell(
                    LintRule.OLD_BASE,
                    "balena's own base images get no updates since 2025: " + name,
                    "use the official image, for example ros:humble-ros-core, debian:12 or ubuntu:22.04");
        }
        boolean arm = robot.platforms().stream().map(Platform::architecture).anyMatch("arm64"::equals);
        if (arm && path.startsWith("osrf/ros:")) {
            teller.tell(
                    LintRule.IMAGE_ARCHITECTURE,
                    "osrf/ros exists for amd64 only, and the robot is arm64",
                    "use ros:" + path.substring("osrf/ros:".length()).replaceFirst("-desktop.*", "-ros-base")
                            + " and add what is missing with exec_depend");
        }
    }

    private static String filled(RobotView robot, String name) {
        Optional<DeviceType> type = robot.deviceTypes().stream().findFirst();
        return type.map(one -> name.replaceAll("%%(BALENA|RESIN)_MACHINE_NAME%%", one.slug())
                        .replaceAll("%%(BALENA|RESIN)_ARCH%%", one.architecture()))
                .filter(filled -> !filled.contains("%%"))
                .orElse("the whole name");
    }
}
