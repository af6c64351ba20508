package io.rosbalena.workspace;

import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import io.rosbalena.workspace.manifest.PackageManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A package of the workspace, conditions decided. Most have a {@code package.xml}; colcon also builds plain CMake and
 * Python projects, which have none.
 *
 * @param name unique in a workspace without errors
 * @param type as colcon prints it: {@code ros.} and the build type, or {@code cmake}, or {@code python}
 * @param directory its folder, by the way on which it was found (not resolved if that leads through a link)
 * @param path its folder relative to the source directory, {@code /} between names; {@code .} for that itself
 * @param file the file that declares it, as findings name it
 * @param manifest empty for a plain CMake or Python project
 * @param colconDependencies what holds for colcon: decides about packages of the workspace
 * @param rosdepDependencies what holds for rosdep: decides about keys
 * @param groupDepends the groups that it depends on
 * @param groups the groups that it is a member of
 */
public record RosPackage(
        String name,
        String type,
        Path directory,
        String path,
        String file,
        Optional<PackageManifest> manifest,
        List<Dependency> colconDependencies,
        List<Dependency> rosdepDependencies,
        Set<String> groupDepends,
        Set<String> groups) {
    private static final String ROS = "ros.";

    public RosPackage {
        colconDependencies = List.copyOf(colconDependencies);
        rosdepDependencies = List.copyOf(rosdepDependencies);
        groupDepends = Set.copyOf(groupDepends);
        groups = Set.copyOf(groups);
    }

    /** The build type without {@code ros.}, for example {@code ament_cmake}. */
    public String buildType() {
        return type.startsWith(ROS) ? type.substring(ROS.length()) : type;
    }

    /** The dependencies of some kinds that hold for colcon. */
    public Stream<Dependency> colconDependencies(Set<DependencyKind> kinds) {
        return colconDependencies.stream().filter(dependency -> kinds.contains(dependency.kind()));
    }

    /** The dependencies of some kinds that hold for rosdep. */
    public Stream<Dependency> rosdepDependencies(Set<DependencyKind> kinds) {
        return rosdepDependencies.stream().filter(dependency -> kinds.contains(dependency.kind()));
    }
}
