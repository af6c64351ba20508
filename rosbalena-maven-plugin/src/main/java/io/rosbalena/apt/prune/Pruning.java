package io.rosbalena.apt.prune;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Parts a set of packages into what a robot runs with and what can be left out.
 *
 * <p>Development files are left out and the libraries that they depend on are kept: these are what a program that was
 * compiled with them runs with. Build tools are left out with everything that nothing else needs. As for apt's list of what may be removed, a dependency
 * keeps every package that meets it.
 *
 * @param dropped names of the packages that can be left out
 */
public record Pruning(SortedSet<String> dropped) {

    public Pruning {
        dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    }

    /**
     * What decides beside the packages themselves.
     *
     * @param asked names that a package of the workspace asks for: of these, development files go
     * @param named names that the user wants in the image, whatever they are
     * @param kept names that cannot go
     */
    public record Wishes(Set<String> asked, Set<String> named, Set<String> kept) {
        public Wishes {
            asked = Set.copyOf(asked);
            named = Set.copyOf(named);
            kept = Set.copyOf(kept);
        }

        /** A tool or development files that are there to be used: with all that they need for it. */
        private boolean isForUse(Candidate one) {
            return switch (Purpose.of(one)) {
                case DEVELOPMENT -> named.contains(one.name());
                case BUILD_TOOL -> named.contains(one.name()) || asked.contains(one.name());
                case RUNNING -> false;
            };
        }

        private boolean stays(Candidate one) {
            return Purpose.of(one) == Purpose.RUNNING || named.contains(one.name()) || kept.contains(one.name());
        }
    }

    /**
     * Parts a set.
     *
     * @param set the packages, each name once, their dependencies met among them or by what is installed below
     */
    public static Pruning of(Collection<Candidate> set, Wishes wishes) {
        Walk whole = new Walk(set);
        set.stream().filter(wishes::isForUse).forEach(whole::reach);
        for (Optional<Candidate> next = whole.next(); next.isPresent(); next = whole.next()) {
            whole.follow(next.get(), any -> true);
        }
        Walk walk = new Walk(set);
        Stream.of(wishes.asked(), wishes.named(), wishes.kept(), whole.reached())
                .forEach(names -> names.forEach(walk::reach));
        Set<String> stays = new HashSet<>(whole.reached());
        for (Optional<Candidate> next = walk.next(); next.isPresent(); next = walk.next()) {
            Candidate one = next.get();
            if (stays.contains(one.name()) || wishes.stays(one)) {
                stays.add(one.name());
                walk.follow(one, any -> true);
            } else if (Purpose.of(one) == Purpose.DEVELOPMENT) {
                walk.follow(one, Purpose::isBehindDevelopmentFiles);
            }
        }
        SortedSet<String> dropped = new TreeSet<>();
        set.stream().map(Candidate::name).filter(name -> !stays.contains(name)).forEach(dropped::add);
        return new Pruning(dropped);
    }

    /** Goes through the set along dependencies. */
    private static final class Walk {
        private final Map<String, Candidate> packages = new HashMap<>();
        private final Map<String, List<Candidate>> providers = new HashMap<>();
        private final Set<String> reached = new HashSet<>();
        private final Deque<Candidate> next = new ArrayDeque<>();

        Walk(Collection<Candidate> set) {
            for (Candidate one : set) {
                packages.put(one.name(), one);
                for (Relation provided : one.relations().provides()) {
                    providers
                            .computeIfAbsent(provided.name(), any -> new ArrayList<>())
                            .add(one);
                }
            }
        }

        void reach(String name) {
            Optional.ofNullable(packages.get(name)).ifPresent(this::reach);
        }

        void reach(Candidate one) {
            if (reached.add(one.name())) {
                next.add(one);
            }
        }

        Set<String> reached() {
            return reached;
        }

        Optional<Candidate> next() {
            return Optional.ofNullable(next.poll());
        }

        void follow(Candidate one, Predicate<Candidate> wanted) {
            // What only recommends brought in is in the set because recommendations are wanted.
            Stream.of(
                            one.relations().preDepends(),
                            one.relations().depends(),
                            one.relations().recommends())
                    .flatMap(List::stream)
                    .flatMap(dependency -> dependency.alternatives().stream())
                    .flatMap(this::meeting)
                    .filter(wanted)
                    .forEach(this::reach);
        }

        private Stream<Candidate> meeting(Relation relation) {
            return Stream.concat(
                    Stream.ofNullable(packages.get(relation.name())).filter(named -> named.is(relation)),
                    providers.getOrDefault(relation.name(), List.of()).stream()
                            .filter(provider -> provider.provides(relation)));
        }
    }
}
