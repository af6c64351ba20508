package io.rosbalena.workspace.manifest;

import java.util.Map;
import java.util.Optional;

/**
 * One stated dependency on another package of the workspace or on a rosdep key.
 *
 * @param kind what it is needed for
 * @param name the package or key; may be empty or hold spaces, as catkin_pkg lets it
 * @param versions {@code version_lt}, {@code _lte}, {@code _eq}, {@code _gte}, {@code _gt} with their values as written;
 *     rosdep and colcon ignore them
 * @param condition the text of the condition, unread
 * @param line line of the element in its manifest, from 1
 */
public record Dependency(
        DependencyKind kind, String name, Map<String, String> versions, Optional<String> condition, int line) {
    public Dependency {
        versions = Map.copyOf(versions);
    }

    Dependency as(DependencyKind other) {
        return new Dependency(other, name, versions, condition, line);
    }

    /** Whether both ask for the same thing, whatever for and wherever. */
    boolean sameAs(Dependency other) {
        return name.equals(other.name) && versions.equals(other.versions) && condition.equals(other.condition);
    }
}
