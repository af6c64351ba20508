package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses packages depth first as apt's {@code MarkInstall} does: Pre-Depends before Depends, each from left to right; an
 * alternative that cannot be installed is taken back and the next one tried.
 */
final class Marking {
    /** A chain of so many packages does not occur in a real archive. */
    private static final int DEEPEST = 1_000;

    /** Real closures need a few attempts more than they have packages. */
    private static final int MOST_ATTEMPTS = 50_000;

    private final Selection selection;
    private final Alternatives alternatives;
    private final boolean recommends;
    private final Map<Candidate, Failure> hopeless = new HashMap<>();
    private int attempts;

    Marking(Selection selection, Alternatives alternatives, boolean recommends) {
        this.selection = selection;
        this.alternatives = alternatives;
        this.recommends = recommends;
    }

    /** Chooses a root without looking at its dependencies yet, so that later alternatives see all roots. */
    Optional<Failure> root(Candidate candidate, Why why) {
        return place(candidate, why, 0);
    }

    /**
     * Chooses a package and all that it needs. After a failure the selection holds a part of it; the caller takes that
     * back.
     */
    private Optional<Failure> install(Candidate candidate, Why why, int depth) {
        Optional<Selection.Chosen> taken = selection.find(candidate.name());
        if (taken.isPresent()) {
            if (taken.get().candidate().equals(candidate)) {
                return Optional.empty();
            }
            if (!isUpgrade(candidate, taken.get())) {
                return Optional.of(new Failure.Taken(
                        candidate, taken.get(), selection.trail(taken.get().candidate())));
            }
        }
        if (hopeless.containsKey(candidate)) {
            return Optional.of(hopeless.get(candidate));
        }
        if (depth > DEEPEST || ++attempts > MOST_ATTEMPTS) {
            return Optional.of(new Failure.GivenUp(
                    candidate, depth > DEEPEST ? "the chain of dependencies is too long" : "there are too many ways"));
        }
        Optional<Failure> failure = place(candidate, why, depth).or(() -> follow(candidate, depth));
        failure.filter(Failure::isCertain).ifPresent(certain -> hopeless.put(candidate, certain));
        return failure;
    }

    private static boolean isUpgrade(Candidate candidate, Selection.Chosen taken) {
        return taken.isInstalled()
                && candidate.version().compareTo(taken.candidate().version()) > 0;
    }

    private Optional<Failure> place(Candidate candidate, Why why, int depth) {
        List<Candidate> moved = new ArrayList<>();
        for (Selection.Clash clash : selection.clashes(candidate)) {
            Optional<Candidate> escape =
                    upgrade(clash.against(candidate).name()).filter(later -> Selection.areCompatible(later, candidate));
            if (escape.isEmpty()) {
                return Optional.of(new Failure.Clashing(candidate, clash, selection.trail(clash.against(candidate))));
            }
            moved.add(escape.get());
        }
        Optional<Selection.Chosen> before = selection.find(candidate.name());
        selection.choose(candidate, why);
        for (Candidate later : moved) {
            Optional<Failure> failure =
                    install(later, Why.needed(candidate.name(), "cannot be with an earlier", later.name()), depth + 1);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return before.isPresent() ? mendDependents(before.get().candidate(), depth) : Optional.empty();
    }

    /** A later version of a package of the base. */
    private Optional<Candidate> upgrade(String name) {
        return selection
                .find(name)
                .flatMap(taken -> alternatives.preferred(name).filter(later -> isUpgrade(later, taken)));
    }

    /** After an upgrade, packages of the base that needed the earlier version are upgraded, too. */
    private Optional<Failure> mendDependents(Candidate earlier, int depth) {
        Set<String> names = new HashSet<>(Set.of(earlier.name()));
        earlier.relations().provides().forEach(relation -> names.add(relation.name()));
        for (Selection.Chosen other : selection.all()) {
            Optional<Unmet> unmet = firstUnmet(other.candidate(), names);
            if (unmet.isEmpty() || !selection.holds(other.candidate())) {
                continue;
            }
            Optional<Failure> failure = upgrade(other.candidate().name())
                    .map(later -> install(later, Why.needed(earlier.name(), "needs a later", later.name()), depth + 1))
                    .orElseGet(() -> meet(
                            other.candidate(), unmet.get().field(), unmet.get().dependency(), depth));
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private record Unmet(String field, Dependency dependency) {}

    private Optional<Unmet> firstUnmet(Candidate owner, Set<String> names) {
        for (Map.Entry<String, List<Dependency>> field : fields(owner).entrySet()) {
            for (Dependency dependency : field.getValue()) {
                boolean concerned =
                        dependency.alternatives().stream().map(Relation::name).anyMatch(names::contains);
                if (concerned && !field.getKey().equals("Recommends") && !selection.satisfies(dependency)) {
                    return Optional.of(new Unmet(field.getKey(), dependency));
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, List<Dependency>> fields(Candidate candidate) {
        Map<String, List<Dependency>> fields = new LinkedHashMap<>();
        fields.put("Pre-Depends", candidate.relations().preDepends());
        fields.put("Depends", candidate.relations().depends());
        if (recommends) {
            fields.put("Recommends", candidate.relations().recommends());
        }
        return fields;
    }

    /** Chooses what a chosen package needs. */
    Optional<Failure> follow(Candidate candidate, int depth) {
        for (Map.Entry<String, List<Dependency>> field : fields(candidate).entrySet()) {
            for (Dependency dependency : field.getValue()) {
                Optional<Failure> failure = meet(candidate, field.getKey(), dependency, depth);
                if (failure.isPresent() && !field.getKey().equals("Recommends")) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> meet(Candidate owner, String field, Dependency dependency, int depth) {
        if (selection.satisfies(dependency)) {
            return Optional.empty();
        }
        List<Failure> tried = new ArrayList<>();
        Why why = Why.needed(owner.name(), field, dependency);
        for (Relation relation : dependency.alternatives()) {
            List<Candidate> solutions = alternatives.of(relation);
            if (solutions.isEmpty()) {
                tried.add(alternatives.failure(relation));
            }
            for (Candidate solution : solutions) {
                int mark = selection.mark();
                Optional<Failure> failure = install(solution, why, depth + 1);
                if (failure.isEmpty()) {
                    return Optional.empty();
                }
                selection.restore(mark);
                tried.add(failure.get());
            }
        }
        return Optional.of(new Failure.Unmet(owner, field, dependency, tried));
    }
}
