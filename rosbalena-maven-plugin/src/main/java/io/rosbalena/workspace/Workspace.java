package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.CodePoints;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import io.rosbalena.workspace.manifest.ManifestMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packages of a source directory as {@code colcon list} finds them. */
public final class Workspace {
    static final Set<DependencyKind> RUN =
            EnumSet.of(DependencyKind.BUILD_EXPORT, DependencyKind.BUILDTOOL_EXPORT, DependencyKind.EXEC);

    private final List<RosPackage> packages;
    private final Map<String, RosPackage> byName = new LinkedHashMap<>();
    private final Map<String, Set<String>> groups = new TreeMap<>();
    private final List<RosPackage> buildOrder;
    private final List<Finding> findings;

    private Workspace(List<RosPackage> found, Findings problems) {
        packages = found.stream()
                .sorted(Comparator.comparing(RosPackage::name, CodePoints::compare)
                        .thenComparing(RosPackage::path, CodePoints::compare))
                .toList();
        for (RosPackage one : packages) {
            RosPackage first = byName.putIfAbsent(one.name(), one);
            if (first != null) {
                problems.add(duplicate(first, one));
            }
            one.groups()
                    .forEach(group -> groups.computeIfAbsent(group, any -> new TreeSet<>())
                            .add(one.name()));
        }
        buildOrder = new BuildOrder(this).sort(problems);
        findings = problems.all();
    }

    /**
     * Finds and reads the packages below a directory. What is wrong with them is told in {@link #findings()}.
     *
     * @param project the project's root, to which findings name files
     * @param sourceDirectory where to look, absolute or relative to {@code project}
     * @param contexts the variables of conditions
     */
    public static Workspace scan(Path project, Path sourceDirectory, ConditionContexts contexts) throws IOException {
        return scan(project, sourceDirectory, contexts, ManifestMemory.none());
    }

    /**
     * The same with a memory.
     *
     * @param memory knows manifests that were read before, and gets those that are read now
     */
    public static Workspace scan(Path project, Path sourceDirectory, ConditionContexts contexts, ManifestMemory memory)
            throws IOException {
        Findings problems = new Findings();
        PackageDiscovery discovery = new PackageDiscovery(project, contexts, memory, problems);
        Path base = project.resolve(sourceDirectory).toAbsolutePath().normalize();
        List<RosPackage> found = discovery.walk(base);
        for (Path submodule : Submodules.empty(project)) {
            // One inside a package is that package's error, unless its ignore file leaves it out.
            boolean inPackage = found.stream().anyMatch(one -> submodule.startsWith(one.directory()));
            if (submodule.startsWith(base) && !inPackage) {
                problems.add(Finding.warning("RB022", "the git submodule is empty; packages in it are missing")
                        .fix("run git submodule update --init --recursive")
                        .at(discovery.shown(submodule)));
            }
        }
        return new Workspace(found, problems);
    }

    /** All packages, sorted by name and path. */
    public List<RosPackage> packages() {
        return packages;
    }

    /** A package by its name; the first by path if several have it. */
    public Optional<RosPackage> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all packages, sorted. */
    public NavigableSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** What is wrong with the workspace: unreadable manifests, names given twice, circles. */
    public List<Finding> findings() {
        return findings;
    }

    /** The order in which colcon builds; without those packages that depend on themselves in a circle. */
    public List<RosPackage> buildOrder() {
        return buildOrder;
    }

    /** The names of the packages at or below a folder, sorted. */
    public NavigableSet<String> namesBelow(Path folder) {
        Path base = folder.toAbsolutePath().normalize();
        NavigableSet<String> names = new TreeSet<>();
        packages.stream()
                .filter(one -> one.directory().toAbsolutePath().normalize().startsWith(base))
                .forEach(one -> names.add(one.name()));
        return names;
    }

    /** The members of a group (REP-149), sorted; none if no package is a member. */
    public NavigableSet<String> members(String group) {
        return new TreeSet<>(groups.getOrDefault(group, Set.of()));
    }

    /** The other packages of the workspace that a package needs for some purposes or by a group, sorted by name. */
    public NavigableSet<String> needs(RosPackage one, Set<DependencyKind> kinds) {
        NavigableSet<String> names = new TreeSet<>();
        for (Dependency dependency : one.colconDependencies()) {
            if (kinds.contains(dependency.kind()) && byName.containsKey(dependency.name())) {
                names.add(dependency.name());
            }
        }
        one.groupDepends().forEach(group -> names.addAll(members(group)));
        names.remove(one.name());
        return names;
    }

    /**
     * The packages whose results colcon makes visible while it builds one: what it depends on for any of these purposes,
     * and from there on whatever those export or run with. In build order.
     */
    public List<RosPackage> visibleTo(RosPackage one, Set<DependencyKind> purposes) {
        Set<String> names = new TreeSet<>(needs(one, purposes));
        Queue<String> queue = new ArrayDeque<>(names);
        while (!queue.isEmpty()) {
            RosPackage next = find(queue.remove()).orElseThrow();
            needs(next, RUN).stream().filter(names::add).forEach(queue::add);
        }
        names.remove(one.name());
        return buildOrder.stream().filter(other -> names.contains(other.name())).toList();
    }

    private static Finding duplicate(RosPackage first, RosPackage other) {
        return Finding.error(
                        "RB002",
                        "Duplicate package names not supported: " + first.name() + " is in " + first.file() + " and in "
                                + other.file())
                .fix("rename one, or put an empty file COLCON_IGNORE beside the one that is not wanted")
                .at(
                        other.file(),
                        other.manifest().map(manifest -> manifest.nameLine()).orElse(0))
                .inPackage(first.name());
    }
}
