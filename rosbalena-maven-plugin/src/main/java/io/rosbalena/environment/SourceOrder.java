package io.rosbalena.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which the setup scripts of a prefix treat its packages: always the alphabetically smallest whose
 * run-time dependencies are done. It is not the build order.
 *
 * @param packages the packages in order
 * @param circle packages that wait for each other, sorted; {@code packages} is of no use unless this is empty
 */
record SourceOrder(List<String> packages, List<String> circle) {

    static SourceOrder of(Map<String, Set<String>> dependencies) {
        Map<String, Set<String>> waiting = new TreeMap<>();
        dependencies.forEach((name, needs) -> {
            Set<String> known = new TreeSet<>(needs);
            known.retainAll(dependencies.keySet());
            waiting.put(name, known);
        });
        List<String> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String next = waiting.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
            if (next.isEmpty()) {
                return new SourceOrder(List.of(), circle(waiting));
            }
            order.add(next);
            waiting.remove(next);
            waiting.values().forEach(needs -> needs.remove(next));
        }
        return new SourceOrder(List.copyOf(order), List.of());
    }

    /** What is left when packages that nothing needs are taken away until none is. */
    private static List<String> circle(Map<String, Set<String>> waiting) {
        Set<String> needed = new TreeSet<>();
        do {
            needed.clear();
            waiting.values().forEach(needed::addAll);
        } while (waiting.keySet().retainAll(needed));
        return List.copyOf(waiting.keySet());
    }
}
