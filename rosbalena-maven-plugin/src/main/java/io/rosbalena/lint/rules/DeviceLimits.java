package io.rosbalena.lint.rules;

import io.rosbalena.compose.ByteSize;
import io.rosbalena.compose.FieldValue;
import io.rosbalena.compose.Service;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.Hardware;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Processors and memory that services ask for, against what each device type of the robot has. */
final class DeviceLimits implements Check {
    /** Microseconds in which a quota of that many is one processor. */
    private static final long PERIOD = 100_000;

    @Override
    public void check(RobotView robot, Report report) {
        for (DeviceType type : robot.deviceTypes()) {
            Hardware.of(type).ifPresent(hardware -> {
                robot.compose().services().values().forEach(service -> {
                    processors(service, type, hardware, report);
                    limit(service, type, hardware, report);
                });
                sum(List.copyOf(robot.compose().services().values()), type, hardware, report);
            });
        }
    }

    private static void processors(Service service, DeviceType type, Hardware hardware, Report report) {
        service.text("cpuset")
                .filter(set -> highest(set) >= hardware.cores())
                .ifPresent(set -> report.add(
                        LintRule.CPU_SET,
                        service,
                        "cpuset",
                        "cpuset " + set + " names a processor that " + type.slug() + " does not have, so the service"
                                + " does not start",
                        "its processors are 0 to " + (hardware.cores() - 1)));
        if (service.fields().get("cpu_quota") instanceof FieldValue.Whole quota
                && quota.value() > hardware.cores() * PERIOD) {
            report.add(
                    LintRule.CPU_QUOTA,
                    service,
                    "cpu_quota",
                    "cpu_quota " + quota.value() + " is more than the " + hardware.cores() + " processors of "
                            + type.slug(),
                    "100000 is one processor; without cpu_quota a service may use them all");
        }
    }

    /** The highest number in a set such as {@code 0-2,5}. */
    private static long highest(String set) {
        return Arrays.stream(set.split("[,-]", -1))
                .map(String::strip)
                .filter(number -> number.matches("[0-9]{1,9}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }

    private static void limit(Service service, DeviceType type, Hardware hardware, Report report) {
        for (String field : List.of("mem_limit", "mem_reservation")) {
            size(service, field)
                    .filter(size -> size.bytes() > hardware.memory())
                    .ifPresent(size -> report.add(
                            LintRule.MEMORY_LIMIT,
                            service,
                            field,
                            field + " " + size.print() + " is more than " + type.slug() + " has: "
                                    + new ByteSize(hardware.memory()).print(),
                            "write less; the system of the device needs a part of it, too"));
        }
    }

    private static void sum(List<Service> services, DeviceType type, Hardware hardware, Report report) {
        List<Service> reserving = services.stream()
                .filter(service -> size(service, "mem_reservation").isPresent())
                .toList();
        long bytes = reserving.stream()
                .mapToLong(service ->
                        size(service, "mem_reservation").orElseThrow().bytes())
                .sum();
        boolean single = reserving.stream()
                .anyMatch(service ->
                        size(service, "mem_reservation").orElseThrow().bytes() > hardware.memory());
        if (bytes > hardware.memory() && !single) {
            report.add(
                    LintRule.MEMORY_LIMIT,
                    reserving.get(reserving.size() - 1),
                    "mem_reservation",
                    "the services reserve " + new ByteSize(bytes).print() + " together, more than " + type.slug()
                            + " has: " + new ByteSize(hardware.memory()).print(),
                    "reserve for each what it needs at least");
        }
    }

    private static Optional<ByteSize> size(Service service, String field) {
        return service.text(field).flatMap(ByteSize::parse);
    }
}
