package io.rosbalena.robot;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.workspace.KeyOrigin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Showing what a robot is made of, and why. */
public final class Resolving {
    private Resolving() {}

    /** Lines for people: each service's workspace packages, rosdep keys and Debian packages, the heaviest first. */
    public static List<String> resolve(RobotProject project, Surroundings surroundings)
            throws IOException, InterruptedException {
        Robot robot = Robot.read(project);
        Lock lock = Locking.current(robot, surroundings).lock();
        List<String> lines = new ArrayList<>();
        lock.platforms().forEach((platform, locked) -> {
            for (RobotService service : robot.services()) {
                service(service, platform, locked, lines);
            }
            List<LockedPackage> build = locked.members(LockedPlatform.BUILD);
            if (!build.isEmpty()) {
                lines.add("build root (" + platform + "): " + total(build));
            }
        });
        return lines;
    }

    private static void service(RobotService service, String platform, LockedPlatform locked, List<String> lines) {
        List<LockedPackage> packages = locked.members(service.name());
        lines.add("service " + service.name() + " (" + platform + "): " + total(packages));
        lines.add("  workspace: " + (service.packages().isEmpty() ? "none" : String.join(", ", service.packages())));
        service.closure().ifPresent(closure -> keys(closure.keys(), lines));
        packages.stream()
                .sorted(Comparator.comparingLong(LockedPackage::size).reversed().thenComparing(LockedPackage::name))
                .forEach(one -> lines.add(String.format(
                        Locale.ROOT,
                        "  %9s  %s %s  <- %s  [%s]",
                        size(one.size()),
                        one.name(),
                        one.version(),
                        one.why(),
                        one.layer())));
    }

    private static void keys(SortedMap<String, List<KeyOrigin>> keys, List<String> lines) {
        keys.forEach((key, origins) -> {
            KeyOrigin nearest = origins.get(0);
            lines.add("  key " + key + "  <- " + String.join(" <- ", reversed(nearest.chain())) + "  (" + nearest.file()
                    + ":" + nearest.line() + ")");
        });
    }

    private static List<String> reversed(List<String> chain) {
        List<String> reversed = new ArrayList<>(chain);
        java.util.Collections.reverse(reversed);
        return reversed;
    }

    private static String total(List<LockedPackage> packages) {
        return packages.size() + " packages, "
                + size(packages.stream().mapToLong(LockedPackage::size).sum()) + " to download";
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
