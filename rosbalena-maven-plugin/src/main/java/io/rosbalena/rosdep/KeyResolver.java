package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Resolves a set of keys, follows what their rules add, and collects everything that has no usable rule. */
final class KeyResolver {
    private final RosdepDatabase database;
    private final TargetOs os;
    private final RuleFindings explain;
    private final Map<String, Found> found = new TreeMap<>();
    private final Set<String> visited = new HashSet<>();
    private final Findings findings = new Findings();

    KeyResolver(RosdepDatabase database, TargetOs os) {
        this.database = database;
        this.os = os;
        this.explain = new RuleFindings(database, os);
    }

    ResolvedKeys resolve(Collection<KeyUse> uses) {
        Map<String, List<KeyUse>> byKey = new LinkedHashMap<>();
        uses.forEach(use ->
                byKey.computeIfAbsent(use.key(), key -> new ArrayList<>()).add(use));
        byKey.forEach((key, users) -> visit(key, users, new ArrayList<>()));
        return new ResolvedKeys(new TreeMap<>(found), findings.all());
    }

    private void visit(String key, List<KeyUse> uses, List<String> path) {
        int start = path.indexOf(key);
        path.add(key);
        if (start >= 0) {
            findings.add(explain.circle(path.subList(start, path.size()), uses));
        } else if (visited.add(key)) {
            Resolution resolution = database.resolve(key, os);
            if (resolution instanceof Missing missing) {
                findings.add(explain.missing(missing, uses, path));
            } else if (resolution instanceof Found rule) {
                List<Finding> problems = explain.problems(rule, uses);
                findings.addAll(problems);
                if (problems.isEmpty()) {
                    found.put(key, rule);
                }
                rule.depends().forEach(more -> visit(more, uses, path));
            }
        }
        path.remove(path.size() - 1);
    }
}
