package io.rosbalena.robot.project;

import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.image.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A platform that a lock answers for. Besides those of the images there is that of the machines that robots are usually
 * compiled on, which are x86-64: it stands in the lock wherever something is compiled, so that the lock does not depend on
 * who makes it.
 *
 * @param platform the platform
 * @param images whether there are images for it; else it is only compiled on
 * @param targets the other machines that it compiles for
 */
public record CompilingFor(Platform platform, boolean images, List<GnuMachine> targets) {
    private static final Platform WORKSTATIONS = Platform.parse("linux/amd64");

    public CompilingFor {
        targets = List.copyOf(targets);
    }

    /** All platforms that the lock of a robot needs, those of its images first. */
    public static List<CompilingFor> all(Robot robot, BuildNeeds needs) {
        List<GnuMachine> targets = robot.platforms().stream()
                .filter(one -> !one.equals(WORKSTATIONS) && BuildRootPackages.haveCompilers(needs.buildTypes()))
                .flatMap(one -> machine(one).stream())
                .toList();
        Map<Platform, CompilingFor> all = new LinkedHashMap<>();
        for (Platform one : robot.platforms()) {
            all.put(one, new CompilingFor(one, true, one.equals(WORKSTATIONS) ? targets : List.of()));
        }
        if (!needs.packages().isEmpty()) {
            all.putIfAbsent(WORKSTATIONS, new CompilingFor(WORKSTATIONS, false, targets));
        }
        return List.copyOf(all.values());
    }

    /** The machine of a platform; empty for one that nothing can be compiled for. */
    public static Optional<GnuMachine> machine(Platform platform) {
        return GnuMachine.of(platform.architecture());
    }
}
