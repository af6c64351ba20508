package io.rosbalena.robot.resolving;

import io.rosbalena.wheel.ProjectName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a service or the build root is made of, from itself down to Debian packages, each with what asks for it. */
final class DependencyGraph {
    private final Node root;
    private final SortedMap<Node, SortedMap<Node, Edge>> edges = new TreeMap<>();
    private final Map<Node, Long> sizes = new HashMap<>();

    DependencyGraph(Node root) {
        this.root = root;
    }

    Node root() {
        return root;
    }

    /** Adds an edge; the first reason for the same one counts. */
    void add(Node from, Node to, String reason) {
        if (!from.equals(to)) {
            edges.computeIfAbsent(from, any -> new TreeMap<>()).putIfAbsent(to, new Edge(from, to, reason));
        }
    }

    /** Notes how many bytes are downloaded for a package. */
    void weigh(Node node, long bytes) {
        sizes.put(node, bytes);
    }

    /** What a node asks for, in the order of kinds and names. */
    Collection<Edge> from(Node node) {
        return edges.getOrDefault(node, new TreeMap<>()).values();
    }

    /** All nodes. */
    SortedSet<Node> nodes() {
        SortedSet<Node> nodes = new TreeSet<>(Set.of(root));
        edges.forEach((from, to) -> {
            nodes.add(from);
            nodes.addAll(to.keySet());
        });
        return nodes;
    }

    /** The node that a name means; a Python project may be spelled in any way. */
    Optional<Node> find(String name) {
        return nodes().stream()
                .filter(node -> node.kind() != Node.Kind.ROOT)
                .filter(node -> node.name().equals(name)
                        || (node.kind() == Node.Kind.WHEEL && node.name().equals(ProjectName.normalize(name))))
                .findFirst();
    }

    /** What the root reaches over some of the edges, itself included. */
    Set<Node> reachable(Predicate<Edge> over) {
        Set<Node> reached = new HashSet<>(List.of(root));
        Deque<Node> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Edge edge : from(open.pop())) {
                if (over.test(edge) && reached.add(edge.to())) {
                    open.push(edge.to());
                }
            }
        }
        return reached;
    }

    /** How many edges each node is away from a target; nodes that do not lead there are missing. */
    Map<Node, Integer> distances(Node target) {
        Map<Node, Set<Node>> back = new HashMap<>();
        edges.forEach((from, to) -> to.keySet()
                .forEach(
                        one -> back.computeIfAbsent(one, any -> new HashSet<>()).add(from)));
        Map<Node, Integer> distances = new HashMap<>(Map.of(target, 0));
        Deque<Node> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            Node node = open.remove();
            int next = distances.getOrDefault(node, 0) + 1;
            for (Node before : back.getOrDefault(node, Set.of())) {
                if (distances.putIfAbsent(before, next) == null) {
                    open.add(before);
                }
            }
        }
        return distances;
    }

    /** Bytes that nothing would ask for any more if some edges were gone. */
    long freedWithout(Predicate<Edge> gone) {
        Set<Node> left = reachable(edge -> !gone.test(edge));
        return reachable(edge -> true).stream()
                .filter(node -> !left.contains(node))
                .mapToLong(node -> sizes.getOrDefault(node, 0L))
                .sum();
    }

    long size(Node node) {
        return sizes.getOrDefault(node, 0L);
    }
}
