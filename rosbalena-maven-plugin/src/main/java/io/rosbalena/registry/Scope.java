package io.rosbalena.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a token shall allow, see distribution {@code spec/auth/scope.md}.
 *
 * @param repository whose login is used
 * @param values for example {@code repository:library/ros:pull}
 */
record Scope(String repository, SortedSet<String> values) {

    Scope {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    static Scope pull(String repository) {
        return new Scope(repository, new TreeSet<>()).with("repository:" + repository + ":pull");
    }

    /** To write a repository and to take over blobs from others. */
    static Scope push(String repository, Collection<String> sources) {
        Scope scope = new Scope(repository, new TreeSet<>()).with("repository:" + repository + ":pull,push");
        for (String source : sources) {
            scope = source.equals(repository) ? scope : scope.with("repository:" + source + ":pull");
        }
        return scope;
    }

    private Scope with(String value) {
        SortedSet<String> all = new TreeSet<>(values);
        all.add(value);
        return new Scope(repository, all);
    }
}
