package io.rosbalena.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a token shall allow, see distribution {@code spec/auth/scope.md}.
 *
 * @param values for example {@code repository:library/ros:pull}; none for a token that only says who asks
 */
record Scope(SortedSet<String> values) {
    static final Scope NONE = new Scope(new TreeSet<>());

    Scope {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    static Scope pull(String repository) {
        return NONE.with("repository:" + repository + ":pull");
    }

    /** To write a repository and to take over blobs from others. */
    static Scope push(String repository, Collection<String> sources) {
        Scope scope = NONE.with("repository:" + repository + ":pull,push");
        for (String source : sources) {
            scope = source.equals(repository) ? scope : scope.with("repository:" + source + ":pull");
        }
        return scope;
    }

    private Scope with(String value) {
        SortedSet<String> all = new TreeSet<>(values);
        all.add(value);
        return new Scope(all);
    }
}
