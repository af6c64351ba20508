package io.rosbalena.colcon;

import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import io.rosbalena.workspace.source.SourceTree;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Packages of a workspace as {@link WorkspaceCompile} takes them. */
public final class CompileClosure {
    private static final Set<DependencyKind> EXPORTS =
            EnumSet.of(DependencyKind.BUILD_EXPORT, DependencyKind.BUILDTOOL_EXPORT);
    private static final Set<DependencyKind> BUILD = with(DependencyKind.BUILD, DependencyKind.BUILDTOOL);
    private static final Set<DependencyKind> RUN = with(DependencyKind.EXEC);
    private static final Set<DependencyKind> ALL =
            with(DependencyKind.BUILD, DependencyKind.BUILDTOOL, DependencyKind.EXEC);

    private static final Set<DependencyKind> TESTED =
            with(DependencyKind.BUILD, DependencyKind.BUILDTOOL, DependencyKind.EXEC, DependencyKind.TEST);

    private CompileClosure() {}

    private static Set<DependencyKind> with(DependencyKind... kinds) {
        Set<DependencyKind> all = EnumSet.copyOf(EXPORTS);
        all.addAll(Set.of(kinds));
        return all;
    }

    /**
     * The names of all packages that must be compiled for some: what they declare, near and far, but for tests and
     * documentation. A package's result is the same whichever packages it is compiled with, as long as these are there.
     */
    public static NavigableSet<String> names(Workspace workspace, Collection<String> wanted) {
        return names(workspace, wanted, ALL);
    }

    /** The names of all packages that must be compiled to test some, with what tests of any of these need. */
    public static NavigableSet<String> namesForTests(Workspace workspace, Collection<String> wanted) {
        return names(workspace, wanted, TESTED);
    }

    private static NavigableSet<String> names(
            Workspace workspace, Collection<String> wanted, Set<DependencyKind> kinds) {
        NavigableSet<String> names = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            String name = open.pop();
            workspace
                    .find(name)
                    .filter(one -> names.add(name))
                    .ifPresent(one -> open.addAll(workspace.needs(one, kinds)));
        }
        return names;
    }

    /**
     * A package with what the compile asks about it.
     *
     * @param sources its source tree
     */
    public static ColconPackage of(Workspace workspace, RosPackage one, SourceTree sources) {
        return of(
                workspace,
                one,
                sources,
                BUILD,
                one.colconDependencies(EnumSet.of(DependencyKind.TEST))
                        .map(Dependency::name)
                        .collect(Collectors.toSet()));
    }

    /** A package as it is tested: compiled with its tests, and with all around it that it runs with. */
    public static ColconPackage forTests(Workspace workspace, RosPackage one, SourceTree sources) {
        return of(workspace, one, sources, TESTED, Set.of());
    }

    private static ColconPackage of(
            Workspace workspace,
            RosPackage one,
            SourceTree sources,
            Set<DependencyKind> visible,
            Set<String> testDependencies) {
        int slash = one.file().lastIndexOf('/');
        return new ColconPackage(
                one.name(),
                one.buildType(),
                one.path().equals(".") ? TreePath.ROOT : new TreePath(one.path()),
                slash < 0 ? "" : one.file().substring(0, slash),
                sources,
                sources.digest(),
                workspace.needs(one, visible),
                workspace.needs(one, RUN),
                testDependencies);
    }
}
