package io.rosbalena.colcon;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the user may choose about a compile. The number of jobs is no part of any key: it changes no byte.
 *
 * @param rosDistro names the underlay {@code /opt/ros/<rosDistro>}, which the root need not have
 * @param variables what conditions in {@code package.xml} compare, which colcon takes from its environment
 * @param settings what else colcon is told; its arguments for CMake come after ours, so that they win
 * @param jobs how many packages are compiled at once and how many processes {@code make} starts, at least 1
 */
public record CompileFlags(String rosDistro, SortedMap<String, String> variables, ColconSettings settings, int jobs) {
    /**
     * Handed to CMake always. RelWithDebInfo gives what a robot needs: optimised code, and symbols to read a core dump
     * with.
     */
    public static final List<String> CMAKE = List.of("-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DBUILD_TESTING=OFF");

    public CompileFlags {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
    }

    /** The usual: as many jobs as this machine has processors. */
    public static CompileFlags of(String rosDistro, Map<String, String> variables, ColconSettings settings) {
        return new CompileFlags(
                rosDistro,
                new TreeMap<>(variables),
                settings,
                Runtime.getRuntime().availableProcessors());
    }

    /** The same with another number of jobs. */
    CompileFlags withJobs(int number) {
        return new CompileFlags(rosDistro, variables, settings, number);
    }

    /** The same with the packages' tests compiled, too. */
    public CompileFlags withTests() {
        return new CompileFlags(rosDistro, variables, settings.after(List.of("-DBUILD_TESTING=ON")), jobs);
    }
}
