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
        NavigableSet<String> names = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            String name = open.pop();
            workspace
                    .find(name)
                    .filter(one -> names.add(name))
                    .ifPresent(one -> open.addAll(workspace.needs(one, ALL)));
        }
        return names;
    }

    /**
     * A package with what the compile asks about it.
     *
     * @param sources its source tree
     */
    public static ColconPackage of(Workspace workspace, RosPackage one, SourceTree sources) {
        int slash = one.file().lastIndexOf('/');
        return new ColconPackage(
                one.name(),
                one.buildType(),
                one.path().equals(".") ? TreePath.ROOT : new TreePath(one.path()),
                slash < 0 ? "" : one.file().substring(0, slash),
                sources,
                sources.digest(),
                workspace.needs(one, BUILD),
                workspace.needs(one, RUN),
                one.colconDependencies(EnumSet.of(DependencyKind.TEST))
                        .map(Dependency::name)
                        .collect(Collectors.toSet()));
    }
}
