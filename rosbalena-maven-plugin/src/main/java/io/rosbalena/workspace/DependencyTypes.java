package io.rosbalena.workspace;

import io.rosbalena.workspace.manifest.DependencyKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which dependencies an image needs (parameter {@code dependencyTypes}). Some packages state a library as
 * {@code build_export_depend} alone and forget the {@code exec_depend}; Debian packages of ROS merge the two, so nobody
 * notices until a closure is exact.
 */
public enum DependencyTypes {
    /** What the manifests state for running. */
    EXEC("exec", EnumSet.of(DependencyKind.EXEC)),
    /** What Debian packages of ROS depend on. */
    EXEC_BUILD_EXPORT(
            "exec+build_export",
            EnumSet.of(DependencyKind.EXEC, DependencyKind.BUILD_EXPORT, DependencyKind.BUILDTOOL_EXPORT)),
    /** Everything but tests and documentation. */
    ALL("all", EnumSet.range(DependencyKind.BUILD, DependencyKind.EXEC));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf is immutable
    private final Set<DependencyKind> kinds;

    DependencyTypes(String word, Set<DependencyKind> kinds) {
        this.word = word;
        this.kinds = Set.copyOf(kinds);
    }

    /**
     * Reads the parameter's value.
     *
     * @throws IllegalArgumentException if it is none of {@code exec}, {@code exec+build_export}, {@code all}
     */
    public static DependencyTypes parse(String word) {
        for (DependencyTypes types : values()) {
            if (types.word.equals(word)) {
                return types;
            }
        }
        throw new IllegalArgumentException(
                "dependencyTypes must be exec, exec+build_export or all, not \"" + word + "\"");
    }

    /** The word of the parameter. */
    public String word() {
        return word;
    }

    /** The dependencies that are installed. */
    public Set<DependencyKind> kinds() {
        return kinds;
    }
}
