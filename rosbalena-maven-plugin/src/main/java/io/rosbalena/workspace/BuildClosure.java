package io.rosbalena.workspace;

import io.rosbalena.finding.FindingException;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;

/**
 * What must be compiled, and installed beforehand, to build some packages. A package that another one builds with is
 * run or linked during that build, so what it exports and what it executes with is needed as well; of the others only
 * what they build with.
 *
 * @param packages what must be compiled, in build order
 * @param keys each key with everything that asks for it, nearest first
 */
public record BuildClosure(List<RosPackage> packages, NavigableMap<String, List<KeyOrigin>> keys) {
    private static final Set<DependencyKind> BUILD = EnumSet.of(DependencyKind.BUILD, DependencyKind.BUILDTOOL);
    private static final Set<DependencyKind> EXPORT =
            EnumSet.of(DependencyKind.BUILD_EXPORT, DependencyKind.BUILDTOOL_EXPORT);

    public BuildClosure {
        packages = List.copyOf(packages);
        keys = Collections.unmodifiableNavigableMap(keys);
    }

    /**
     * The closure of some packages of a workspace.
     *
     * @param wanted the packages to build, usually those of a {@link RunClosure}
     * @param tests whether the tests of the wanted packages are to be built and run
     * @throws FindingException if one of them is not in the workspace
     */
    public static BuildClosure of(Workspace workspace, Collection<String> wanted, boolean tests) {
        Set<String> own = new HashSet<>(wanted);
        Set<String> used = builtWith(workspace, wanted, tests);
        Reach reach = Reach.of(
                workspace,
                wanted,
                one -> workspace.needs(one, edges(own.contains(one.name()) && tests, used.contains(one.name()))));
        Set<String> names = reach.names();
        List<RosPackage> packages = workspace.buildOrder().stream()
                .filter(one -> names.contains(one.name()))
                .toList();
        return new BuildClosure(packages, reach.keys(one -> {
            Set<DependencyKind> kinds = edges(own.contains(one.name()) && tests, used.contains(one.name()));
            kinds.addAll(EXPORT);
            return kinds;
        }));
    }

    /** The packages that another package of the closure builds with, near or far. */
    private static Set<String> builtWith(Workspace workspace, Collection<String> wanted, boolean tests) {
        Set<String> own = new HashSet<>(wanted);
        Set<String> used = new HashSet<>();
        Queue<String> queue = new ArrayDeque<>(wanted);
        while (!queue.isEmpty()) {
            String name = queue.remove();
            workspace
                    .find(name)
                    .ifPresent(one ->
                            workspace.needs(one, edges(own.contains(name) && tests, used.contains(name))).stream()
                                    .filter(used::add)
                                    .forEach(queue::add));
        }
        return used;
    }

    private static Set<DependencyKind> edges(boolean tested, boolean used) {
        Set<DependencyKind> kinds = EnumSet.copyOf(BUILD);
        if (used) {
            kinds.addAll(EXPORT);
            kinds.add(DependencyKind.EXEC);
        }
        if (tested) {
            kinds.add(DependencyKind.TEST);
        }
        return kinds;
    }
}
