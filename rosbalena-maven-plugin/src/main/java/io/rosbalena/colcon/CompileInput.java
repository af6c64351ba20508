package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.MemoryTree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Everything that the result of compiling one package depends on.
 *
 * @param unit the package
 * @param root where it is compiled
 * @param flags how
 * @param results packages that it is compiled against
 * @param environments packages of which it sees the environment hooks only
 * @param hidden packages that colcon would use if it found them, but must not: they are for tests
 */
record CompileInput(
        ColconPackage unit,
        BuildRoot root,
        CompileFlags flags,
        SortedMap<String, Dependency> results,
        SortedMap<String, Dependency> environments,
        Set<String> hidden) {

    /**
     * A package that was compiled before.
     *
     * @param unit the package
     * @param tree what it gave
     */
    record Dependency(ColconPackage unit, InstallTree tree) {}

    /**
     * For a package of a workspace.
     *
     * @param trees results of other packages, by name
     * @return empty if one of its dependencies has no result
     */
    static Optional<CompileInput> of(
            PackageGraph graph,
            ColconPackage unit,
            BuildRoot root,
            CompileFlags flags,
            SortedMap<String, InstallTree> trees) {
        PackageGraph.Visible visible = graph.visible(unit.name());
        if (!trees.keySet().containsAll(visible.all())) {
            return Optional.empty();
        }
        return Optional.of(new CompileInput(
                unit,
                root,
                flags,
                dependencies(graph, visible.results(), trees),
                dependencies(graph, visible.environments(), trees),
                visible.hidden()));
    }

    private static SortedMap<String, Dependency> dependencies(
            PackageGraph graph, SortedSet<String> names, SortedMap<String, InstallTree> trees) {
        SortedMap<String, Dependency> dependencies = new TreeMap<>();
        for (String name : names) {
            InstallTree tree = trees.get(name);
            if (tree != null) {
                dependencies.put(name, new Dependency(graph.get(name), tree));
            }
        }
        return dependencies;
    }

    Digest key() {
        KeyBuilder key = new KeyBuilder()
                .add("package", unit.name())
                .add("type", unit.buildType())
                .add("directory", unit.directory().text())
                .add("sources", unit.sourceDigest())
                .add("root", root.digest())
                .add("distro", flags.rosDistro())
                .add("variables", flags.variables().entrySet())
                .add("cmake", arguments().cmake());
        if (!arguments().amentCmake().isEmpty()) {
            key.add("ament_cmake", arguments().amentCmake());
        }
        results.forEach((name, dependency) ->
                key.add("result " + name, dependency.tree().interfaceDigest()));
        environments.forEach((name, dependency) ->
                key.add("environment " + name, dependency.tree().environmentDigest()));
        return key.build();
    }

    /** The same where no file is: only what else the result depends on. */
    CompileInput withoutFiles() {
        return new CompileInput(
                unit.withSources(new MemoryTree(), Digest.of("")),
                root,
                flags,
                new TreeMap<>(),
                new TreeMap<>(),
                hidden);
    }

    /** What this package sees in the install folders of others, by their names. */
    SortedMap<String, List<InstalledFile>> visibleFiles() {
        SortedMap<String, List<InstalledFile>> visible = new TreeMap<>();
        environments.forEach((name, dependency) ->
                visible.put(name, EnvironmentFiles.of(name, dependency.tree().files())));
        results.forEach(
                (name, dependency) -> visible.put(name, dependency.tree().files()));
        return visible;
    }

    /** What colcon hands on for this package. */
    ColconSettings.Arguments arguments() {
        return new ColconSettings.Arguments(CompileFlags.CMAKE, List.of())
                .and(flags.settings().of(unit));
    }

    /** Whether arguments for CMake mean anything to this package. */
    boolean usesCmake() {
        return unit.buildType().endsWith("cmake");
    }

    /**
     * Whether both can be compiled in one root: no package may be visible whole to one and in part to the other, none may
     * be visible that must be hidden from one, and colcon takes one list of arguments for all.
     */
    boolean fits(CompileInput other) {
        return (!usesCmake() || !other.usesCmake() || arguments().equals(other.arguments()))
                && Collections.disjoint(results.keySet(), other.environments.keySet())
                && Collections.disjoint(environments.keySet(), other.results.keySet())
                && !showsWhatIsHiddenFrom(other)
                && !other.showsWhatIsHiddenFrom(this);
    }

    private boolean showsWhatIsHiddenFrom(CompileInput other) {
        return other.hidden.contains(unit.name())
                || !Collections.disjoint(other.hidden, dependencies().keySet());
    }

    SortedMap<String, Dependency> dependencies() {
        SortedMap<String, Dependency> all = new TreeMap<>(environments);
        all.putAll(Map.copyOf(results));
        return all;
    }
}
