package io.rosbalena.apt.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of lines of maintainer scripts that nobody knows the effect of: they are not run in any case. */
public enum UnknownScripts {
    /** A warning {@code RB245} for each package. */
    WARN,
    /** The same as an error. */
    FAIL,
    /** Nothing is said. */
    IGNORE;

    /** As parameters name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(UnknownScripts::word).toList();
    }

    /** What a parameter's word means; empty if it is none. */
    public static Optional<UnknownScripts> find(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
