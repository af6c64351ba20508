package io.rosbalena.robot.resolving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The chains from a root to a node, the shortest first. There can be more of them than anybody could count, so that only
 * the first are found: the search goes on with the beginning that can end soonest, and gives up after a number of steps.
 *
 * @param chains each from the root to the node, without circles
 * @param further how many edges that lead to the node are in none of these chains; 0 if all chains were found
 */
record Chains(List<List<Edge>> chains, int further) {
    private static final int MOST_STEPS = 50_000;

    Chains {
        chains = List.copyOf(chains);
    }

    /** A beginning of a chain; the number keeps the order of equally long ones. */
    private record Beginning(Optional<Beginning> before, Edge last, int length, int atLeast, int number) {
        boolean holds(Node node) {
            for (Optional<Beginning> one = Optional.of(this);
                    one.isPresent();
                    one = one.get().before()) {
                if (one.get().last().to().equals(node)
                        || one.get().last().from().equals(node)) {
                    return true;
                }
            }
            return false;
        }

        List<Edge> edges() {
            List<Edge> edges = new ArrayList<>();
            for (Optional<Beginning> one = Optional.of(this);
                    one.isPresent();
                    one = one.get().before()) {
                edges.add(one.get().last());
            }
            Collections.reverse(edges);
            return List.copyOf(edges);
        }
    }

    static Chains find(DependencyGraph graph, Node target, int most) {
        Map<Node, Integer> distances = graph.distances(target);
        // Of beginnings that can end equally soon the longest goes on, or all would grow at once.
        PriorityQueue<Beginning> open = new PriorityQueue<>(Comparator.comparingInt(Beginning::atLeast)
                .thenComparing(Comparator.comparingInt(Beginning::length).reversed())
                .thenComparingInt(Beginning::number));
        int number = 0;
        for (Edge edge : graph.from(graph.root())) {
            Integer left = distances.get(edge.to());
            if (left != null) {
                open.add(new Beginning(Optional.empty(), edge, 1, 1 + left, number++));
            }
        }
        List<List<Edge>> chains = new ArrayList<>();
        int steps = 0;
        while (!open.isEmpty() && chains.size() < most && steps++ < MOST_STEPS) {
            Beginning one = open.remove();
            if (one.last().to().equals(target)) {
                chains.add(one.edges());
                continue;
            }
            for (Edge edge : graph.from(one.last().to())) {
                Integer left = distances.get(edge.to());
                if (left != null && !one.holds(edge.to())) {
                    int length = one.length() + 1;
                    open.add(new Beginning(Optional.of(one), edge, length, length + left, number++));
                }
            }
        }
        return new Chains(chains, open.isEmpty() ? 0 : further(graph, distances, target, chains));
    }

    private static int further(
            DependencyGraph graph, Map<Node, Integer> distances, Node target, List<List<Edge>> chains) {
        Set<Edge> shown = new HashSet<>();
        chains.forEach(shown::addAll);
        int further = 0;
        for (Node node : graph.reachable(edge -> true)) {
            if (!node.equals(target)) {
                for (Edge edge : graph.from(node)) {
                    if (distances.containsKey(edge.to()) && !shown.contains(edge)) {
                        further++;
                    }
                }
            }
        }
        return further;
    }
}
