package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The packages that can be reached from some, breadth first, each with the shortest way to it. */
final class Reach {
    private final Workspace workspace;
    private final Map<String, List<String>> chains;

    private Reach(Workspace workspace, Map<String, List<String>> chains) {
        this.workspace = workspace;
        this.chains = chains;
    }

    static Reach of(Workspace workspace, Collection<String> wanted, Function<RosPackage, Collection<String>> edges) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        Queue<RosPackage> queue = new ArrayDeque<>();
        Findings unknown = new Findings();
        for (String name : new TreeSet<>(wanted)) {
            workspace
                    .find(name)
                    .ifPresentOrElse(
                            one -> {
                                chains.put(name, List.of(name));
                                queue.add(one);
                            },
                            () -> unknown.add(
                                    Finding.error("RB010", "there is no package " + name + " in the workspace")
                                            .fix("the workspace has: " + String.join(", ", workspace.names()))
                                            .inPackage(name)));
        }
        unknown.throwIfErrors();
        while (!queue.isEmpty()) {
            RosPackage one = queue.remove();
            List<String> chain = chains.getOrDefault(one.name(), List.of());
            for (String next : edges.apply(one)) {
                if (!chains.containsKey(next)) {
                    List<String> longer = new ArrayList<>(chain);
                    longer.add(next);
                    chains.put(next, List.copyOf(longer));
                    queue.add(workspace.find(next).orElseThrow());
                }
            }
        }
        return new Reach(workspace, chains);
    }

    NavigableSet<String> names() {
        return new TreeSet<>(chains.keySet());
    }

    /** The keys that the packages reached state, for kinds that depend on the package. */
    NavigableMap<String, List<KeyOrigin>> keys(Function<RosPackage, Set<DependencyKind>> kinds) {
        NavigableMap<String, List<KeyOrigin>> keys = new TreeMap<>();
        chains.forEach((name, chain) -> {
            RosPackage one = workspace.find(name).orElseThrow();
            one.rosdepDependencies(kinds.apply(one))
                    .filter(dependency -> workspace.find(dependency.name()).isEmpty())
                    .forEach(dependency -> keys.computeIfAbsent(dependency.name(), any -> new ArrayList<>())
                            .add(new KeyOrigin(name, dependency.kind(), one.file(), dependency.line(), chain)));
        });
        keys.replaceAll((key, origins) -> origins.stream()
                .sorted(Comparator.comparingInt(origin -> origin.chain().size()))
                .toList());
        return keys;
    }
}
