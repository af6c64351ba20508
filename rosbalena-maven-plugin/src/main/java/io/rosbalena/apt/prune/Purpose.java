package io.rosbalena.apt.prune;

import io.rosbalena.apt.Candidate;
import java.util.Set;

/** What a package is for, as its name and its section (Debian policy 2.4, list of sections) tell. */
enum Purpose {
    /** Headers, static libraries and links for the linker: their own dependencies include the libraries to run with. */
    DEVELOPMENT,
    /** Compilers, build systems and other programs for who develops: nothing behind them is of use without them. */
    BUILD_TOOL,
    /** Everything else. */
    RUNNING;

    /** Tools whose section or name says something else. */
    private static final String TOOLS = "dpkg-dev|build-essential|libdpkg-perl|cpp(-[0-9.]+)?(-.*-linux-gnu)?";

    /** Sections of what is named like a library and is none that a compiled program is linked with. */
    private static final Set<String> OTHER_LIBRARIES = Set.of("debug", "doc", "java", "javascript", "perl");

    static Purpose of(Candidate one) {
        String section = section(one);
        if (one.essential() || one.important() || one.name().startsWith("ros-")) {
            // A ROS package has its place in the index of resources, whatever else it is for.
            return RUNNING;
        }
        if (one.name().matches(TOOLS)) {
            return BUILD_TOOL;
        }
        if (section.equals("libdevel") || one.name().endsWith("-dev")) {
            return DEVELOPMENT;
        }
        // Libraries of tools stand in the tools' section; other programs link them, too.
        return section.equals("devel") && !one.name().startsWith("lib") ? BUILD_TOOL : RUNNING;
    }

    /** Whether development files mean this package when they say what a program runs with. */
    static boolean isBehindDevelopmentFiles(Candidate one) {
        String section = section(one);
        return of(one) == DEVELOPMENT
                || section.equals("libs")
                || section.equals("oldlibs")
                || (one.name().startsWith("lib") && !OTHER_LIBRARIES.contains(section));
    }

    /** Without the area of the archive before it, for example {@code universe/libs}. */
    private static String section(Candidate one) {
        return one.section().substring(one.section().lastIndexOf('/') + 1);
    }
}
