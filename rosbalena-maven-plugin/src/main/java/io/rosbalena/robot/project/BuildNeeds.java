package io.rosbalena.robot.project;

import io.rosbalena.colcon.CompileClosure;
import io.rosbalena.workspace.BuildClosure;
import io.rosbalena.workspace.RosPackage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What must be compiled for the services, and what compiling needs.
 *
 * @param packages the packages to compile, in build order
 * @param closure the keys that the build root must hold; empty if nothing is compiled
 */
public record BuildNeeds(List<RosPackage> packages, Optional<BuildClosure> closure) {

    /** What all services of a robot need together. */
    public static BuildNeeds of(Robot robot) {
        SortedSet<String> wanted = new TreeSet<>();
        robot.services().forEach(service -> wanted.addAll(service.packages()));
        if (wanted.isEmpty()) {
            return new BuildNeeds(List.of(), Optional.empty());
        }
        BuildClosure closure =
                BuildClosure.of(robot.workspace(), CompileClosure.names(robot.workspace(), wanted), false);
        return new BuildNeeds(closure.packages(), Optional.of(closure));
    }

    /** The build types that occur, sorted. */
    public SortedSet<String> buildTypes() {
        SortedSet<String> types = new TreeSet<>();
        packages.forEach(one -> types.add(one.buildType()));
        return Collections.unmodifiableSortedSet(types);
    }
}
