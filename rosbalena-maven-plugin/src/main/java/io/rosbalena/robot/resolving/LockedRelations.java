package io.rosbalena.robot.resolving;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.PackageSet;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What locked packages say of each other in their own control files. */
final class LockedRelations {
    private final PackageSet packages;

    private LockedRelations(Collection<Candidate> all) {
        packages = new PackageSet(all);
    }

    /** Reads the control files of packages that are in the store. */
    static LockedRelations read(Collection<LockedPackage> packages, Surroundings surroundings)
            throws IOException, InterruptedException {
        return new LockedRelations(Parallel.map(List.copyOf(packages), one -> candidate(one, surroundings.store())));
    }

    private static Candidate candidate(LockedPackage one, BlobStore store) throws IOException {
        try (DebFile deb = DebFile.open(store.path(one.sha256()), one.name() + " " + one.version())) {
            return Candidate.installed(deb.control().stanza().stanza());
        }
    }

    /** The packages of a set that a name stands for: the one of this name, or those that provide it. */
    List<String> meaning(String name, Set<String> set) {
        return set.contains(name) ? List.of(name) : meeting(Relation.of(name), set);
    }

    private List<String> meeting(Relation relation, Set<String> set) {
        return packages.meeting(relation).stream()
                .map(Candidate::name)
                .filter(set::contains)
                .toList();
    }

    /** Adds what the packages of a set need of each other. */
    void addTo(DependencyGraph graph, Set<String> set) {
        for (String name : set) {
            packages.find(name).ifPresent(one -> {
                add(graph, one, "Pre-Depends: ", one.relations().preDepends(), set);
                add(graph, one, "Depends: ", one.relations().depends(), set);
            });
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
