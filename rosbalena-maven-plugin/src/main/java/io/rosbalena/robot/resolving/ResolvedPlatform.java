package io.rosbalena.robot.resolving;

import io.rosbalena.rosdep.TargetOs;
import java.util.List;

/**
 * A robot on one platform.
 *
 * @param name for example {@code linux/arm64}
 * @param os the operating system that keys are resolved for
 * @param sets those of the services by name, then that of the build root if anything is compiled
 */
record ResolvedPlatform(String name, TargetOs os, List<ResolvedSet> sets) {
    ResolvedPlatform {
        sets = List.copyOf(sets);
    }
}
