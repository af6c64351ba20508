package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.rosdep.Resolution.Found;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Many keys resolved at once.
 *
 * @param found each key with a usable rule, those that rules added included
 * @param findings an error for each key without one, at the place that asks for it
 */
public record ResolvedKeys(SortedMap<String, Found> found, List<Finding> findings) {

    public ResolvedKeys {
        found = new TreeMap<>(found);
        findings = List.copyOf(findings);
    }

    /** The system packages of all keys for one installer, sorted. */
    public NavigableSet<String> packages(String installer) {
        return packages(installer, found.keySet());
    }

    /** The system packages of these keys, and of the keys that their rules add, for one installer, sorted. */
    public NavigableSet<String> packages(String installer, Collection<String> keys) {
        NavigableSet<String> packages = new TreeSet<>();
        for (Found rule : closure(keys)) {
            if (rule.installer().equals(installer)) {
                rule.packages().stream().filter(name -> !name.isBlank()).forEach(packages::add);
            }
        }
        return packages;
    }

    /** The rules of these keys and of the keys that they add; keys that were not found are left out. */
    public List<Found> closure(Collection<String> keys) {
        SortedMap<String, Found> closure = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            String key = open.remove();
            Found rule = found.get(key);
            if (rule != null && closure.put(key, rule) == null) {
                open.addAll(rule.depends());
            }
        }
        return List.copyOf(closure.values());
    }
}
