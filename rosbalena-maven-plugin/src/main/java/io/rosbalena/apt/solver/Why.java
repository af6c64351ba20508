package io.rosbalena.apt.solver;

import java.util.Optional;

/**
 * What brought a package in.
 *
 * @param by the package whose relation it is; empty for one that was asked for or belongs to every base
 * @param relation the field and its relation, for example {@code Depends: libc6 (>= 2.36)}; or why it is a root
 */
public record Why(Optional<String> by, String relation) {
    static final Why REQUESTED = new Why(Optional.empty(), "requested");
    static final Why BASE = new Why(Optional.empty(), "every system");
    static final Why UPGRADED = new Why(Optional.empty(), "upgradeBase");
    static final Why INSTALLED = new Why(Optional.empty(), "installed");

    static Why needed(String by, String field, Object relation) {
        return new Why(Optional.of(by), field + ": " + relation);
    }

    /** The package that brought it, or what kind of root it is. */
    @Override
    public String toString() {
        return by.orElse(relation);
    }
}
