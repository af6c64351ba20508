package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * colcon's order: rounds, each of which appends all packages whose dependencies are placed, sorted by name. Every kind
 * of dependency counts but documentation, so a circle through a test dependency is an error as well.
 */
final class BuildOrder {
    static final Set<DependencyKind> KINDS = EnumSet.range(DependencyKind.BUILD, DependencyKind.TEST);

    private final Workspace workspace;
    private final Map<String, Set<String>> direct = new HashMap<>();

    BuildOrder(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A package that has no place yet.
     *
     * @param missing what it depends on that has none either
     */
    private record Waiting(RosPackage one, Set<String> missing) {}

    List<RosPackage> sort(Findings findings) {
        List<Waiting> waiting = new ArrayList<>();
        for (RosPackage one : workspace.packages()) {
            Set<String> needs = workspace.needs(one, KINDS);
            direct.computeIfAbsent(one.name(), any -> new TreeSet<>()).addAll(needs);
            waiting.add(new Waiting(one, needs));
        }
        List<RosPackage> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<RosPackage> ready = waiting.stream()
                    .filter(entry -> entry.missing().isEmpty())
                    .map(Waiting::one)
                    .toList();
            if (ready.isEmpty()) {
                findings.add(circle(waiting.stream().map(Waiting::one).toList()));
                break;
            }
            ordered.addAll(ready);
            waiting.removeIf(entry -> entry.missing().isEmpty());
            Set<String> placed = ready.stream().map(RosPackage::name).collect(Collectors.toSet());
            waiting.forEach(entry -> entry.missing().removeAll(placed));
        }
        return List.copyOf(ordered);
    }

    /**
     * What a package depends on, and what that runs with, near and far, as far as it has no place: the names that colcon
     * tells of a circle.
     */
    private Set<String> missing(RosPackage one, Map<String, Set<String>> run) {
        Set<String> all = new TreeSet<>();
        List<String> queue = new ArrayList<>(workspace.needs(one, KINDS));
        while (!queue.isEmpty()) {
            String name = queue.remove(queue.size() - 1);
            if (!name.equals(one.name()) && run.containsKey(name) && all.add(name)) {
                queue.addAll(run.getOrDefault(name, Set.of()));
            }
        }
        return all;
    }

    private Finding circle(List<RosPackage> waiting) {
        // Nothing that has a place depends on something that has none.
        Map<String, Set<String>> run = new HashMap<>();
        waiting.forEach(one ->
                run.computeIfAbsent(one.name(), any -> new TreeSet<>()).addAll(workspace.needs(one, Workspace.RUN)));
        String lines = waiting.stream()
                .map(one -> one.name() + ": "
                        + missing(one, run).stream()
                                .map(name -> "'" + name + "'")
                                .collect(Collectors.joining(", ", "[", "]")))
                .sorted()
                .collect(Collectors.joining("\n"));
        List<RosPackage> circle = waiting.stream()
                .map(this::circleThrough)
                .filter(found -> !found.isEmpty())
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
        StringBuilder fix = new StringBuilder("remove one of these dependencies:");
        for (int i = 0; i < circle.size(); i++) {
            RosPackage from = circle.get(i);
            RosPackage to = circle.get((i + 1) % circle.size());
            fix.append('\n').append(reason(from, to.name()));
        }
        RosPackage first = circle.get(0);
        return Finding.error("RB003", "Unable to order packages topologically:\n" + lines)
                .fix(fix.toString())
                .at(first.file(), line(first, circle.get(1).name()))
                .inPackage(first.name());
    }

    /** A shortest circle from a package back to itself; empty if there is none. */
    private List<RosPackage> circleThrough(RosPackage start) {
        Map<String, String> before = new LinkedHashMap<>();
        List<String> queue = new ArrayList<>(List.of(start.name()));
        for (int i = 0; i < queue.size(); i++) {
            String from = queue.get(i);
            for (String to : direct.getOrDefault(from, Set.of())) {
                if (to.equals(start.name())) {
                    return way(before, start.name(), from);
                }
                if (before.putIfAbsent(to, from) == null) {
                    queue.add(to);
                }
            }
        }
        return List.of();
    }

    private List<RosPackage> way(Map<String, String> before, String start, String end) {
        List<RosPackage> way = new ArrayList<>();
        String name = end;
        while (!name.equals(start)) {
            way.add(0, workspace.find(name).orElseThrow());
            name = before.getOrDefault(name, start);
        }
        way.add(0, workspace.find(start).orElseThrow());
        return way;
    }

    private static String reason(RosPackage from, String to) {
        return from.colconDependencies(KINDS)
                .filter(dependency -> dependency.name().equals(to))
                .findFirst()
                .map(dependency -> from.name() + " needs " + to + " ("
                        + dependency.kind().element() + ", " + from.file() + ":" + dependency.line() + ")")
                .orElseGet(() -> from.name() + " needs " + to + " (group_depend, " + from.file() + ")");
    }

    private static int line(RosPackage from, String to) {
        return from.colconDependencies(KINDS)
                .filter(dependency -> dependency.name().equals(to))
                .mapToInt(Dependency::line)
                .findFirst()
                .orElse(0);
    }
}
