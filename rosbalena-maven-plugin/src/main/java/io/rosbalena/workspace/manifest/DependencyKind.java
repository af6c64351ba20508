package io.rosbalena.workspace.manifest;

import java.util.Locale;

/** What a dependency is needed for (REP-140, REP-149); {@code depend} counts as three of them. */
public enum DependencyKind {
    BUILD,
    BUILDTOOL,
    BUILD_EXPORT,
    BUILDTOOL_EXPORT,
    EXEC,
    TEST,
    DOC,
    CONFLICT,
    REPLACE;

    /** The element of format 2 and 3 that states this kind alone, for example {@code exec_depend}. */
    public String element() {
        String word = name().toLowerCase(Locale.ROOT);
        return this == CONFLICT || this == REPLACE ? word : word + "_depend";
    }
}
