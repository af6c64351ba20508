package io.rosbalena.lint.report;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.Locale;

/** How findings are shown (parameter {@code rosbalena.lint.format}). */
public enum FindingFormat {
    /** Lines for people. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** One document for editors and code hosts. */
    SARIF;

    /**
     * Reads the parameter's value.
     *
     * @throws FindingException RB167 if it is none of {@code text}, {@code json}, {@code sarif}
     */
    public static FindingFormat parse(String word) {
        for (FindingFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                return format;
            }
        }
        throw FindingException.input(Finding.error("RB167", "there is no format \"" + word + "\" of findings")
                .at("pom.xml")
                .fix("write text, json or sarif: -Drosbalena.lint.format=sarif"));
    }
}
