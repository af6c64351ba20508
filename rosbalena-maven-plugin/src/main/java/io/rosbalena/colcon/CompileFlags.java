package io.rosbalena.colcon;

import java.util.List;

/**
 * What the user may choose about a compile. The number of jobs is no part of any key: it changes no byte.
 *
 * @param rosDistro names the underlay {@code /opt/ros/<rosDistro>}, which the root need not have
 * @param cmakeArguments handed to CMake after ours, so that they win
 * @param jobs how many packages are compiled at once and how many processes {@code make} starts, at least 1
 */
public record CompileFlags(String rosDistro, List<String> cmakeArguments, int jobs) {
    public CompileFlags {
        cmakeArguments = List.copyOf(cmakeArguments);
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
    }

    /** The usual: as many jobs as this machine has processors. */
    public static CompileFlags of(String rosDistro) {
        return new CompileFlags(rosDistro, List.of(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * All arguments for CMake. RelWithDebInfo gives what a robot needs: optimised code, and symbols to read a core dump
     * with.
     */
    List<String> allCmakeArguments() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DBUILD_TESTING=OFF"),
                        cmakeArguments.stream())
                .toList();
    }
}
