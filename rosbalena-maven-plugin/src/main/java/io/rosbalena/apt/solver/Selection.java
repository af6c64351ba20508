package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packages chosen so far, indexed by what they provide and what they cannot stand; choices can be taken back. */
final class Selection {
    private final Map<String, Chosen> chosen = new LinkedHashMap<>();
    private final Map<String, List<Candidate>> providers = new HashMap<>();
    private final Map<String, List<Candidate>> opponents = new HashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    /** A chosen package and what brought it. */
    record Chosen(Candidate candidate, Why why) {
        boolean isInstalled() {
            return why.equals(Why.INSTALLED);
        }
    }

    /** A choice that can be taken back. */
    private record Change(Candidate added, Optional<Chosen> before) {}

    /** Two packages that cannot be together: the one whose relation says so, the field, the relation, the other. */
    record Clash(Candidate owner, String field, Relation relation, Candidate other) {
        Candidate against(Candidate one) {
            return owner.equals(one) ? other : owner;
        }
    }

    Optional<Chosen> find(String name) {
        return Optional.ofNullable(chosen.get(name));
    }

    /** In the order of choice. */
    List<Chosen> all() {
        return List.copyOf(chosen.values());
    }

    /** Whether exactly this candidate is chosen. */
    boolean holds(Candidate candidate) {
        Chosen choice = chosen.get(candidate.name());
        return choice != null && choice.candidate().equals(candidate);
    }

    /** The names that lead from a root to a chosen package, both included. */
    List<String> trail(Candidate candidate) {
        Deque<String> names = new ArrayDeque<>();
        Optional<String> name = Optional.of(candidate.name());
        while (name.isPresent() && !names.contains(name.get())) {
            names.push(name.get());
            name = find(name.get()).flatMap(choice -> choice.why().by());
        }
        return List.copyOf(names);
    }

    int mark() {
        return changes.size();
    }

    /** Takes back all choices since a mark. */
    void restore(int mark) {
        while (changes.size() > mark) {
            Change change = changes.pop();
            remove(change.added());
            chosen.remove(change.added().name());
            change.before().ifPresent(this::put);
        }
    }

    /** Chooses a package, in place of another version of it. */
    void choose(Candidate candidate, Why why) {
        Optional<Chosen> before = find(candidate.name());
        before.ifPresent(old -> remove(old.candidate()));
        changes.push(new Change(candidate, before));
        put(new Chosen(candidate, why));
    }

    private void put(Chosen choice) {
        Candidate candidate = choice.candidate();
        chosen.put(candidate.name(), choice);
        candidate.relations().provides().forEach(relation -> add(providers, relation, candidate));
        candidate.relations().conflicts().forEach(relation -> add(opponents, relation, candidate));
        candidate.relations().breaks().forEach(relation -> add(opponents, relation, candidate));
    }

    private void remove(Candidate candidate) {
        candidate.relations().provides().forEach(relation -> drop(providers, relation, candidate));
        candidate.relations().conflicts().forEach(relation -> drop(opponents, relation, candidate));
        candidate.relations().breaks().forEach(relation -> drop(opponents, relation, candidate));
    }

    private static void add(Map<String, List<Candidate>> index, Relation relation, Candidate candidate) {
        index.computeIfAbsent(relation.name(), name -> new ArrayList<>()).add(candidate);
    }

    private static void drop(Map<String, List<Candidate>> index, Relation relation, Candidate candidate) {
        List<Candidate> list = index.getOrDefault(relation.name(), List.of());
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).equals(candidate)) {
                list.remove(i);
                return;
            }
        }
    }

    /** Whether what is chosen meets a dependency. */
    boolean satisfies(Dependency dependency) {
        return satisfier(dependency).isPresent();
    }

    /** The chosen package that meets a dependency: by the leftmost alternative, a real package before a provider. */
    Optional<Candidate> satisfier(Dependency dependency) {
        for (Relation relation : dependency.alternatives()) {
            Chosen real = chosen.get(relation.name());
            if (real != null && real.candidate().is(relation)) {
                return Optional.of(real.candidate());
            }
            for (Candidate provider : providers.getOrDefault(relation.name(), List.of())) {
                if (provider.provides(relation)) {
                    return Optional.of(provider);
                }
            }
        }
        return Optional.empty();
    }

    /** All reasons why a candidate cannot be with what is chosen; other versions of itself do not count. */
    List<Clash> clashes(Candidate candidate) {
        List<Clash> clashes = new ArrayList<>();
        for (Candidate other : new ArrayList<>(opponents.getOrDefault(candidate.name(), List.of()))) {
            clash(other, candidate).ifPresent(clashes::add);
        }
        for (Relation provided : candidate.relations().provides()) {
            for (Candidate other : opponents.getOrDefault(provided.name(), List.of())) {
                clash(other, candidate).ifPresent(clashes::add);
            }
        }
        collect(candidate, "Conflicts", candidate.relations().conflicts(), clashes);
        collect(candidate, "Breaks", candidate.relations().breaks(), clashes);
        return clashes;
    }

    private void collect(Candidate owner, String field, List<Relation> relations, List<Clash> clashes) {
        for (Relation relation : relations) {
            List<Candidate> others = new ArrayList<>(providers.getOrDefault(relation.name(), List.of()));
            find(relation.name()).ifPresent(real -> others.add(0, real.candidate()));
            for (Candidate other : others) {
                if (!other.name().equals(owner.name()) && other.satisfies(relation)) {
                    clashes.add(new Clash(owner, field, relation, other));
                }
            }
        }
    }

    /** Whether neither package has a relation against the other. */
    static boolean areCompatible(Candidate one, Candidate other) {
        return clash(one, other).isEmpty() && clash(other, one).isEmpty();
    }

    /** The first relation by which one package cannot stand another. */
    private static Optional<Clash> clash(Candidate owner, Candidate other) {
        if (owner.name().equals(other.name())) {
            return Optional.empty();
        }
        return first(owner, "Conflicts", owner.relations().conflicts(), other)
                .or(() -> first(owner, "Breaks", owner.relations().breaks(), other));
    }

    private static Optional<Clash> first(Candidate owner, String field, List<Relation> relations, Candidate other) {
        return relations.stream()
                .filter(other::satisfies)
                .findFirst()
                .map(relation -> new Clash(owner, field, relation, other));
    }
}
