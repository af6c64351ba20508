package io.rosbalena.rosdep;

import java.util.List;
import java.util.Optional;

/** What the databases say about one key on one operating system. */
public sealed interface Resolution {
    String key();

    /**
     * A rule was found.
     *
     * @param installer for example {@code apt} or {@code pip}
     * @param packages exactly as the rule gives them, which may be empty: nothing needs to be installed
     * @param depends further keys that the installer does not know about itself
     * @param place where the rule stands
     * @param released whether the rule follows from a distribution's list of releases
     */
    record Found(
            String key,
            String installer,
            List<String> packages,
            List<String> depends,
            RulePlace place,
            boolean released)
            implements Resolution {
        public Found {
            packages = List.copyOf(packages);
            depends = List.copyOf(depends);
        }
    }

    /** Why there is no rule. */
    enum Reason {
        /** No database has the key. */
        UNKNOWN_KEY,
        /** The key has no rule for the operating system; the subject is the system. */
        NO_OS,
        /** The key has no rule for the version; the subject is the version. */
        NO_VERSION,
        /** The rule is null; the subject is the version, or {@code *}. */
        NOT_AVAILABLE,
        /** The rule for every system names no package manager. */
        NO_PACKAGE_MANAGER,
        /** The rule is a number or truth value; the subject is its text. */
        NOT_A_RULE,
        /** The key's value is no mapping from systems to rules. */
        NOT_A_DEFINITION,
        /** The list of packages holds something else than names. */
        NOT_A_PACKAGE_LIST
    }

    /**
     * No rule was found.
     *
     * @param subject see {@link Reason}; empty where a reason has none
     * @param place where the definition stands that does not answer
     * @param alternatives operating systems, or versions of this one, that the definition has rules for
     */
    record Missing(String key, Reason reason, String subject, Optional<RulePlace> place, List<String> alternatives)
            implements Resolution {
        public Missing {
            alternatives = List.copyOf(alternatives);
        }
    }
}
