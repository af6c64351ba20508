package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Spelling;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.hardware.HardwareNeeds;
import io.rosbalena.lint.secret.AcceptedSecrets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Labels that the Supervisor and balena's API listen to: whether there are such, whether the value is one, and what
 * they open. Those with which a service can do with the device what it likes need a word in the POM.
 */
final class BalenaLabels implements Check {
    private static final String PREFIX = "io.balena.";
    private static final String OLD_PREFIX = "io.resin.";
    private static final String FEATURES = "features.";
    private static final String REQUIRES = "features.requires.";

    /** What the Supervisor takes for a truth value. */
    private static final Set<String> TRUE = Set.of("1", "true", "on");

    private static final Set<String> FALSE = Set.of("0", "false", "off");

    /** Features that give a service the device, with how. */
    private static final Map<String, String> DANGEROUS = Map.of(
            "balena-socket", "starts containers of its own, also privileged ones",
            "dbus", "reboots the device, and starts and stops services of its system",
            "sysfs", "writes settings of the kernel",
            "procfs", "sees and influences every process of the device",
            "kernel-modules", "loads modules into the kernel",
            "firmware", "has the firmware of the device before it",
            "supervisor-api", "stops, restarts and updates every service",
            "balena-api", "acts on the fleet's API as the device");

    private static final Set<String> HARMLESS =
            Set.of("journal-logs", "extra-firmware", "gpu", "host-os.board-rev", "optional");

    private static final Set<String> REQUIREMENTS =
            Set.of("sw.supervisor", "sw.l4t", "hw.device-type", "arch.sw", "sw.balena-os", "sw.linux");

    private static final String PRIVILEGED = "privileged";

    @Override
    public void check(RobotView robot, Report report) {
        Set<String> used = new HashSet<>();
        for (Service service : robot.compose().services().values()) {
            service.labels().forEach((label, value) -> {
                if (label.startsWith(PREFIX)) {
                    label(robot, service, label, label.substring(PREFIX.length()), value, used, report);
                } else if (label.startsWith(OLD_PREFIX)) {
                    label(robot, service, label, label.substring(OLD_PREFIX.length()), value, used, report);
                }
            });
            privileges(robot, service, used, report);
        }
        for (String accepted : new TreeSet<>(robot.accepted())) {
            // Which files hold what they should not, is seen when there are images.
            if (!used.contains(accepted) && !AcceptedSecrets.namesFile(accepted)) {
                report.pom(
                        LintRule.UNUSED_ACCEPTANCE,
                        "accept names " + accepted + ", which no service asks for",
                        "remove it, or correct it: LABEL, privileged, or SERVICE:LABEL for one service alone; /PATH of a"
                                + " file in an image");
            }
        }
    }

    private static void label(
            RobotView robot,
            Service service,
            String label,
            String name,
            String value,
            Set<String> used,
            Report report) {
        if (name.startsWith(REQUIRES)) {
            requirement(robot, service, label, name.substring(REQUIRES.length()), value, report);
        } else if (name.startsWith(FEATURES)) {
            feature(robot, service, label, name.substring(FEATURES.length()), value, used, report);
        } else if (name.startsWith("private.")) {
            report.add(
                    LintRule.BALENA_LABEL,
                    service,
                    "labels." + label,
                    "the label " + label + " is balena's own",
                    "remove it");
        }
    }

    private static void feature(
            RobotView robot,
            Service service,
            String label,
            String feature,
            String value,
            Set<String> used,
            Report report) {
        String path = "labels." + label;
        if (!DANGEROUS.containsKey(feature) && !HARMLESS.contains(feature)) {
            Set<String> known = new TreeSet<>(DANGEROUS.keySet());
            known.addAll(HARMLESS);
            // Balena's older name of its API.
            if (!feature.equals("resin-api")) {
                report.add(
                        LintRule.BALENA_LABEL,
                        service,
                        path,
                        "the Supervisor knows no feature " + feature,
                        Spelling.nearest(feature, known)
                                .map(meant -> "did you mean " + PREFIX + FEATURES + meant + "?")
                                .orElse("features are " + String.join(", ", known)));
                return;
            }
        }
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            report.add(
                    LintRule.BALENA_LABEL,
                    service,
                    path,
                    "the Supervisor takes " + (value.isEmpty() ? "an empty value" : value) + " of " + label
                            + " for neither yes nor no",
                    "write " + label + ": \"1\"");
            return;
        }
        Optional.ofNullable(DANGEROUS.get(feature.equals("resin-api") ? "balena-api" : feature))
                .filter(danger -> TRUE.contains(value) && !isAccepted(robot, service, label, used))
                .ifPresent(danger -> report.add(
                        LintRule.DANGEROUS_LABEL,
                        service,
                        path,
                        "with " + label + " the service " + danger + ": who gets into it owns the device",
                        "remove it if nothing needs it; if it is meant, write <accept>" + label
                                + "</accept> in the POM"));
    }

    private static boolean isAccepted(RobotView robot, Service service, String what, Set<String> used) {
        boolean accepted = false;
        for (String word : List.of(what, service.name() + ":" + what)) {
            if (robot.accepted().contains(word)) {
                used.add(word);
                accepted = true;
            }
        }
        return accepted;
    }

    private static void requirement(
            RobotView robot, Service service, String label, String requirement, String value, Report report) {
        String path = "labels." + label;
        if (!REQUIREMENTS.contains(requirement)) {
            report.add(
                    LintRule.BALENA_LABEL,
                    service,
                    path,
                    "balena knows no requirement " + requirement,
                    Spelling.nearest(requirement, REQUIREMENTS)
                            .map(meant -> "did you mean " + PREFIX + REQUIRES + meant + "?")
                            .orElse("requirements are " + String.join(", ", new TreeSet<>(REQUIREMENTS))));
        } else if (requirement.equals("hw.device-type")) {
            deviceType(robot, service, path, value, report);
        } else if (requirement.equals("arch.sw")) {
            robot.deviceTypes().stream()
                    .filter(type -> !type.architecture().equals(value))
                    .findFirst()
                    .ifPresent(type -> report.add(
                            LintRule.REQUIREMENT,
                            service,
                            path,
                            "the service wants the architecture " + value + ", and " + type.slug() + " is "
                                    + type.architecture(),
                            "correct the label, or deviceTypes in the POM"));
        } else if (requirement.equals("sw.balena-os") || requirement.equals("sw.linux")) {
            if (!service.labels().containsKey(PREFIX + REQUIRES + "sw.supervisor")) {
                report.add(
                        LintRule.REQUIREMENT_SUPERVISOR,
                        service,
                        path,
                        "Supervisors before 17.4.2 do not know " + requirement + " and refuse the whole release",
                        "see that no device has an older one; " + PREFIX + REQUIRES
                                + "sw.supervisor: \">=17.4.2\" says so");
            }
        }
    }

    private static void deviceType(RobotView robot, Service service, String path, String value, Report report) {
        Optional<DeviceType> wanted = DeviceType.find(value);
        if (wanted.isEmpty()) {
            report.add(
                    LintRule.REQUIREMENT,
                    service,
                    path,
                    "balena knows no device type " + value,
                    "write its slug, for example raspberrypi4-64");
        } else if (!robot.deviceTypes().isEmpty() && !robot.deviceTypes().contains(wanted.get())) {
            report.add(
                    LintRule.REQUIREMENT,
                    service,
                    path,
                    "the service wants " + value + ", which is not among the robot's device types",
                    "correct the label, or deviceTypes in the POM");
        }
    }

    /** Table 3 of balena's guide to robots: least first. */
    private static void privileges(RobotView robot, Service service, Set<String> used, Report report) {
        HardwareNeeds needs = robot.hardware(service);
        if (service.flag("privileged") && !needs.isEmpty() && !isAccepted(robot, service, PRIVILEGED, used)) {
            String least = needs.fields().isEmpty() ? "devices:" : String.join("; ", needs.fields());
            report.add(
                    LintRule.BEYOND_HARDWARE,
                    service,
                    PRIVILEGED,
                    "privileged gives the service the whole device, and its hardware needs no more than " + least,
                    "remove privileged. The ladder of access, least first: devices: for one device, cap_add: for one"
                            + " right of root, a label for one part of the system, privileged for everything; if"
                            + " devices come and go while it runs, write <accept>privileged</accept> in the POM");
        } else if (service.flag("privileged") && !isAccepted(robot, service, PRIVILEGED, used)) {
            report.add(
                    LintRule.PRIVILEGED,
                    service,
                    PRIVILEGED,
                    "privileged gives the service the whole device",
                    "give it the least that works: devices: for what is always plugged in, then cap_add for one right;"
                            + " if it must be so, write <accept>privileged</accept> in the POM");
        }
        for (String capability : service.texts("cap_add")) {
            if ((capability.equals("ALL") || capability.equals("SYS_ADMIN") || capability.equals("SYS_MODULE"))
                    && !isAccepted(robot, service, capability, used)) {
                report.add(
                        LintRule.PRIVILEGED,
                        service,
                        "cap_add",
                        "the capability " + capability + " is as good as privileged",
                        "name the one right that is needed, or write <accept>" + capability + "</accept> in the POM");
            }
        }
    }
}
