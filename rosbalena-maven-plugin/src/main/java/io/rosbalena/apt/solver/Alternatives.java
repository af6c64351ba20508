package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.index.CandidateTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packages that can meet a relation, in the order in which apt tries them ({@code CompareProviders} of apt's depcache):
 * the real package, then providers by Essential, Important, Priority, and at last by the order in which apt comes upon their
 * names. Where a lock pins versions, a provider that it has comes before one that it lacks.
 */
final class Alternatives {
    private static final Comparator<Candidate> PROVIDERS = Comparator.comparing(Candidate::essential)
            .reversed()
            .thenComparing(Comparator.comparing(Candidate::important).reversed())
            .thenComparing(Candidate::priority);

    private final CandidateTable table;
    private final Map<String, DebianVersion> pins;
    private final boolean pinsGiveWay;
    private final Map<String, DebianVersion> asked = new HashMap<>();

    Alternatives(CandidateTable table, Map<String, DebianVersion> pins, boolean pinsGiveWay) {
        this.table = table;
        this.pins = pins;
        this.pinsGiveWay = pinsGiveWay;
    }

    /** From now on, this version of a package is the only one. */
    void ask(String name, DebianVersion version) {
        asked.put(name, version);
    }

    /** The version of a package that comes first: the one asked for, else the pinned one, else apt's candidate. */
    Optional<Candidate> preferred(String name) {
        return versions(name).stream().findFirst();
    }

    /**
     * The versions that may be chosen. Where a lock pins versions, earlier ones are tried, too, since what fits a pinned
     * package need not be the newest; without pins there is the candidate alone, as in apt.
     */
    private List<Candidate> versions(String name) {
        DebianVersion wanted = asked.getOrDefault(name, pins.get(name));
        List<Candidate> all = table.versions(name);
        if (wanted != null) {
            List<Candidate> first = table.version(name, wanted).map(List::of).orElse(List.of());
            return pinsGiveWay && !asked.containsKey(name)
                    ? Stream.concat(first.stream(), all.stream().filter(one -> !first.contains(one)))
                            .toList()
                    : first;
        }
        return pins.isEmpty() && !all.isEmpty() ? all.subList(0, 1) : all;
    }

    /** What can meet a relation. */
    List<Candidate> of(Relation relation) {
        List<Candidate> found = new ArrayList<>();
        versions(relation.name()).stream()
                .filter(candidate -> candidate.is(relation))
                .forEach(found::add);
        Set<String> names = new HashSet<>(Set.of(relation.name()));
        found.addAll(sorted(table.providers(relation.name()).stream()
                .map(Candidate::name)
                .filter(names::add)
                .flatMap(name -> versions(name).stream())
                .filter(candidate -> candidate.provides(relation))
                .toList()));
        return found;
    }

    private List<Candidate> sorted(List<Candidate> providers) {
        Comparator<Candidate> order = PROVIDERS.thenComparing(one -> !pins.containsKey(one.name()));
        List<Candidate> sorted = new ArrayList<>(providers);
        sorted.sort(order.thenComparing(Candidate::name));
        // Apt's order of names is only asked for where it decides: all indexes must be read for it.
        if (sorted.size() > 1 && order.compare(sorted.get(0), sorted.get(1)) == 0) {
            sorted.sort(order.thenComparing(one -> -table.firstMention(one.name())));
        }
        return sorted;
    }

    /** Why nothing meets a relation. */
    Failure failure(Relation relation) {
        Optional<Candidate> pin = Optional.ofNullable(pins.get(relation.name()))
                .flatMap(version -> table.version(relation.name(), version));
        if (pin.isPresent() && table.versions(relation.name()).stream().anyMatch(version -> version.is(relation))) {
            return new Failure.Pinned(relation, pin.get());
        }
        Optional<Candidate> older = table.versions(relation.name()).stream()
                .filter(one -> one.is(relation))
                .findFirst();
        if (older.isPresent() && pins.isEmpty() && !asked.containsKey(relation.name())) {
            return new Failure.Older(relation, table.versions(relation.name()).get(0), older.get());
        }
        List<Candidate> offered = new ArrayList<>(table.versions(relation.name()));
        offered.addAll(table.providers(relation.name()));
        return offered.isEmpty() ? new Failure.Absent(relation) : new Failure.OtherVersions(relation, offered);
    }
}
