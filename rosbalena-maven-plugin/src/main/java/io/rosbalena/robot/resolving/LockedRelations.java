package io.rosbalena.robot.resolving;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.deb.ControlStanza;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What locked packages say of each other in their own control files. As apt does when it decides what may be removed, a
 * dependency counts for every package that meets it, not for the one alone that brought it.
 */
final class LockedRelations {
    private final Map<String, Candidate> packages = new HashMap<>();
    private final Map<String, List<Candidate>> providers = new HashMap<>();

    private LockedRelations(Collection<Candidate> all) {
        for (Candidate one : all) {
            packages.put(one.name(), one);
            one.relations().provides().stream()
                    .map(Relation::name)
                    .distinct()
                    .forEach(name -> providers
                            .computeIfAbsent(name, any -> new ArrayList<>())
                            .add(one));
        }
    }

    /** Reads the control files of packages that are in the store. */
    static LockedRelations read(Collection<LockedPackage> packages, Surroundings surroundings)
            throws IOException, InterruptedException {
        return new LockedRelations(Parallel.map(List.copyOf(packages), one -> candidate(one, surroundings.store())));
    }

    private static Candidate candidate(LockedPackage one, BlobStore store) throws IOException {
        try (DebFile deb = DebFile.open(store.path(one.sha256()), one.name() + " " + one.version())) {
            ControlStanza stanza = deb.control().stanza();
            return Candidate.installed(new Stanza(stanza.fields().stream()
                    .map(field -> new Stanza.Field(field.name(), field.value(), 0))
                    .toList()));
        }
    }

    /** The packages of a set that a name stands for: the one of this name, or those that provide it. */
    List<String> meaning(String name, Set<String> set) {
        return set.contains(name) ? List.of(name) : meeting(Relation.of(name), set);
    }

    private List<String> meeting(Relation relation, Set<String> set) {
        Predicate<Candidate> there = one -> set.contains(one.name());
        List<String> names = new ArrayList<>();
        Optional.ofNullable(packages.get(relation.name()))
                .filter(there)
                .filter(one -> one.is(relation))
                .ifPresent(one -> names.add(one.name()));
        providers.getOrDefault(relation.name(), List.of()).stream()
                .filter(there)
                .filter(one -> one.provides(relation))
                .forEach(one -> names.add(one.name()));
        return names;
    }

    /** Adds what the packages of a set need of each other. */
    void addTo(DependencyGraph graph, Set<String> set) {
        for (String name : set) {
            Candidate one = packages.get(name);
            if (one != null) {
                add(graph, one, "Pre-Depends: ", one.relations().preDepends(), set);
                add(graph, one, "Depends: ", one.relations().depends(), set);
            }
        }
    }

    private void add(
            DependencyGraph graph, Candidate one, String field, List<Dependency> dependencies, Set<String> set) {
        for (Dependency dependency : dependencies) {
            for (Relation alternative : dependency.alternatives()) {
                for (String other : meeting(alternative, set)) {
                    graph.add(new Node(Node.Kind.DEB, one.name()), new Node(Node.Kind.DEB, other), field + dependency);
                }
            }
        }
    }
}
