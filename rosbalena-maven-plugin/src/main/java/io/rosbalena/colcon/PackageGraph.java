package io.rosbalena.colcon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which packages of a workspace see which others while they are compiled, and in which order they are. */
final class PackageGraph {
    private final SortedMap<String, ColconPackage> packages = new TreeMap<>();

    /**
     * What a package sees of the others.
     *
     * @param results packages whose whole result is there: direct build dependencies, and what those need to be linked
     *     against or to run
     * @param environments packages of which only the environment hooks are there: those that are needed at run time
     *     only. colcon wants to source them, but nothing that they compile may matter
     * @param hidden packages that only tests need: a robot's packages are compiled without tests
     */
    record Visible(SortedSet<String> results, SortedSet<String> environments, SortedSet<String> hidden) {
        SortedSet<String> all() {
            SortedSet<String> all = new TreeSet<>(results);
            all.addAll(environments);
            return all;
        }
    }

    PackageGraph(Collection<ColconPackage> packages) {
        packages.forEach(member -> this.packages.put(member.name(), member));
    }

    ColconPackage get(String name) {
        ColconPackage found = packages.get(name);
        if (found == null) {
            throw new IllegalArgumentException("not in the workspace: " + name);
        }
        return found;
    }

    Visible visible(String name) {
        ColconPackage member = get(name);
        SortedSet<String> results = closure(member.buildDependencies());
        SortedSet<String> environments = closure(member.runDependencies());
        results.remove(name);
        environments.remove(name);
        environments.removeAll(results);
        SortedSet<String> hidden = closure(member.testDependencies());
        hidden.removeAll(results);
        hidden.removeAll(environments);
        hidden.remove(name);
        return new Visible(results, environments, hidden);
    }

    private SortedSet<String> closure(Set<String> start) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(start);
        while (!open.isEmpty()) {
            ColconPackage next = packages.get(open.pop());
            if (next != null && found.add(next.name())) {
                open.addAll(next.runDependencies());
            }
        }
        return found;
    }

    /**
     * Packages in rounds: each sees only packages of earlier rounds. Sorted by name in a round.
     *
     * @throws IllegalArgumentException if packages wait for each other, which the workspace's own order refuses before
     */
    List<List<ColconPackage>> levels() {
        Map<String, Set<String>> waiting = new TreeMap<>();
        packages.keySet().forEach(name -> waiting.put(name, visible(name).all()));
        List<List<ColconPackage>> levels = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<String> ready = waiting.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException("packages wait for each other: " + waiting.keySet());
            }
            levels.add(ready.stream().map(this::get).toList());
            ready.forEach(waiting::remove);
            waiting.values().forEach(needs -> needs.removeAll(ready));
        }
        return levels;
    }
}
