package io.rosbalena.sbom;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The components of a graph that lead to all others. */
final class Roots {
    private final SortedMap<String, SortedSet<String>> graph;
    private final SortedSet<String> roots = new TreeSet<>();
    private final Set<String> reached = new TreeSet<>();

    private Roots(SortedMap<String, SortedSet<String>> graph) {
        this.graph = graph;
    }

    /** Those that are wanted, those that nothing needs, and the first one of each circle that nothing leads to. */
    static SortedSet<String> of(SortedMap<String, SortedSet<String>> graph, Set<String> wanted) {
        Roots roots = new Roots(graph);
        Set<String> needed = new TreeSet<>();
        graph.values().forEach(needed::addAll);
        graph.keySet().stream()
                .filter(one -> wanted.contains(one) || !needed.contains(one))
                .forEach(roots::add);
        graph.keySet().stream().filter(one -> !roots.reached.contains(one)).forEach(roots::add);
        return Collections.unmodifiableSortedSet(roots.roots);
    }

    private void add(String root) {
        if (!graph.containsKey(root)) {
            return;
        }
        roots.add(root);
        Deque<String> open = new ArrayDeque<>(Set.of(root));
        while (!open.isEmpty()) {
            String one = open.remove();
            if (reached.add(one)) {
                open.addAll(graph.getOrDefault(one, Collections.emptySortedSet()));
            }
        }
    }
}
