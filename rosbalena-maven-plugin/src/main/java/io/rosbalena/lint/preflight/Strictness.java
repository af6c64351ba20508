package io.rosbalena.lint.preflight;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of what a look into an image finds. */
public enum Strictness {
    /** Errors stop the build. */
    FAIL,
    /** Errors are told as warnings. */
    WARN,
    /** Nothing is looked into. */
    IGNORE;

    /** As parameters name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Strictness::word).toList();
    }

    /** What a parameter's word means; empty if it is none. */
    public static Optional<Strictness> find(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** A finding as it is told. */
    public Finding apply(Finding finding) {
        return this == WARN && finding.severity() == Severity.ERROR ? finding.as(Severity.WARNING) : finding;
    }
}
