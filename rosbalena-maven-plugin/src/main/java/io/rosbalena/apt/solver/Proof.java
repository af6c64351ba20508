package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows that a set of packages can be installed: every Pre-Depends and Depends is met, nothing that Conflicts or Breaks is
 * there. Shares no code with the search, so that a fault there cannot hide.
 */
public final class Proof {
    private final Map<String, List<Candidate>> byName = new HashMap<>();
    private final Collection<Candidate> packages;
    private final List<String> objections = new ArrayList<>();

    private Proof(Collection<Candidate> packages) {
        this.packages = packages;
        for (Candidate candidate : packages) {
            byName.computeIfAbsent(candidate.name(), name -> new ArrayList<>()).add(candidate);
            for (String provided : provisions(candidate)) {
                if (!provided.equals(candidate.name())) {
                    byName.computeIfAbsent(provided, name -> new ArrayList<>()).add(candidate);
                }
            }
        }
    }

    private static Set<String> provisions(Candidate candidate) {
        Set<String> names = new TreeSet<>();
        candidate.relations().provides().forEach(relation -> names.add(relation.name()));
        return names;
    }

    /** What speaks against the set, one sentence each; empty if it can be installed. */
    public static List<String> objections(Collection<Candidate> packages) {
        Proof proof = new Proof(packages);
        proof.check();
        return List.copyOf(proof.objections);
    }

    private void check() {
        Map<String, Candidate> seen = new HashMap<>();
        for (Candidate candidate : packages) {
            Candidate twin = seen.put(candidate.name(), candidate);
            if (twin != null) {
                objections.add(candidate + " and " + twin + " are two versions of one package");
            }
            needs(candidate, "Pre-Depends", candidate.relations().preDepends());
            needs(candidate, "Depends", candidate.relations().depends());
            refuses(candidate, "Conflicts", candidate.relations().conflicts());
            refuses(candidate, "Breaks", candidate.relations().breaks());
        }
    }

    private void needs(Candidate owner, String field, List<Dependency> dependencies) {
        for (Dependency dependency : dependencies) {
            boolean met = false;
            for (Relation relation : dependency.alternatives()) {
                for (Candidate candidate : byName.getOrDefault(relation.name(), List.of())) {
                    met |= candidate.satisfies(relation);
                }
            }
            if (!met) {
                objections.add(owner + " " + field + ": " + dependency + " is not met");
            }
        }
    }

    private void refuses(Candidate owner, String field, List<Relation> relations) {
        for (Relation relation : relations) {
            for (Candidate candidate : byName.getOrDefault(relation.name(), List.of())) {
                if (!candidate.name().equals(owner.name()) && candidate.satisfies(relation)) {
                    objections.add(owner + " " + field + ": " + relation + " but " + candidate + " is there");
                }
            }
        }
    }
}
