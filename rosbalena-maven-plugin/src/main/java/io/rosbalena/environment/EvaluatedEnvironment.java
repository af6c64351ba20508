package io.rosbalena.environment;

import io.rosbalena.finding.Finding;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What prefixes ask for.
 *
 * @param variables every variable, sorted by name
 * @param findings errors in hooks, and hooks that could not be evaluated
 */
public record EvaluatedEnvironment(SortedMap<String, String> variables, List<Finding> findings) {
    public EvaluatedEnvironment {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        findings = List.copyOf(findings);
    }
}
