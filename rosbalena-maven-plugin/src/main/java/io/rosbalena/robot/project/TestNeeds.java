package io.rosbalena.robot.project;

import io.rosbalena.workspace.BuildClosure;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.KeyOrigin;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.RunClosure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What tests of a workspace need. All of its packages can be tested, those too that stand in no service: a robot's tests
 * are often packages of their own.
 *
 * @param packages the packages, in build order, each after those that its tests need
 * @param keys each key that the test root must hold, with everything that asks for it
 */
public record TestNeeds(List<RosPackage> packages, NavigableMap<String, List<KeyOrigin>> keys) {
    public TestNeeds {
        packages = List.copyOf(packages);
        keys = Collections.unmodifiableNavigableMap(keys);
    }

    /** The needs of a robot's workspace. */
    public static TestNeeds of(Robot robot) {
        SortedSet<String> names = robot.workspace().names();
        if (names.isEmpty()) {
            return new TestNeeds(List.of(), new TreeMap<>());
        }
        BuildClosure build = BuildClosure.of(robot.workspace(), names, true);
        NavigableMap<String, List<KeyOrigin>> keys = new TreeMap<>(build.keys());
        // Tests start nodes, which need what they need on the robot.
        RunClosure.of(robot.workspace(), names, DependencyTypes.EXEC).keys().forEach((key, origins) -> {
            List<KeyOrigin> all = new ArrayList<>(keys.getOrDefault(key, List.of()));
            all.addAll(origins);
            keys.put(key, all);
        });
        return new TestNeeds(build.packages(), keys);
    }

    /** The build types that occur, sorted. */
    public SortedSet<String> buildTypes() {
        SortedSet<String> types = new TreeSet<>();
        packages.forEach(one -> types.add(one.buildType()));
        return Collections.unmodifiableSortedSet(types);
    }
}
