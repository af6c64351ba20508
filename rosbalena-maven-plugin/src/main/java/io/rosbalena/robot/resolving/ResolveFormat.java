package io.rosbalena.robot.resolving;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.Locale;

/** How the packages of a robot are shown (parameter {@code rosbalena.resolve.format}). */
public enum ResolveFormat {
    /** Indented lines for people. */
    TREE,
    /** One document for programs. */
    JSON,
    /** One {@code name=version} a line, as {@code apt-get install} takes them. */
    APT;

    /**
     * Reads the parameter's value.
     *
     * @throws FindingException RB734 if it is none of {@code tree}, {@code json}, {@code apt}
     */
    public static ResolveFormat parse(String word) {
        for (ResolveFormat format : values()) {
            if (format.word().equals(word)) {
                return format;
            }
        }
        throw FindingException.input(Finding.error("RB734", "there is no format \"" + word + "\"")
                .at("pom.xml")
                .fix("write tree, json or apt: -Drosbalena.resolve.format=tree"));
    }

    /** The word of the parameter. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
