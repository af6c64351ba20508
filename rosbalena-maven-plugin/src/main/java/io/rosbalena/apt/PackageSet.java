package io.rosbalena.apt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packages that stand side by side, and what they are to each other. As apt does when it decides what may be removed, a
 * dependency counts for every package that meets it, not for the one alone that brought it.
 */
public final class PackageSet {
    private final Map<String, Candidate> packages = new HashMap<>();
    private final Map<String, List<Candidate>> providers = new HashMap<>();

    /** @param all one of each name; of several the last counts */
    public PackageSet(Collection<Candidate> all) {
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

    /** The package of this name. */
    public Optional<Candidate> find(String name) {
        return Optional.ofNullable(packages.get(name));
    }

    /** Those that a relation is met by: the one of its name, then those that provide it. */
    public List<Candidate> meeting(Relation relation) {
        List<Candidate> meeting = new ArrayList<>();
        find(relation.name()).filter(one -> one.is(relation)).ifPresent(meeting::add);
        providers.getOrDefault(relation.name(), List.of()).stream()
                .filter(one -> one.provides(relation))
                .forEach(meeting::add);
        return meeting;
    }
}
