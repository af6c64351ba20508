package io.rosbalena.lint.secret;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Files of images of which the POM says that their secret is wanted there, such as keys of tests.
 *
 * @param words {@code /PATH} or {@code SERVICE:/PATH}
 */
public record AcceptedSecrets(SortedSet<String> words) {
    public AcceptedSecrets {
        words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    /** Those among all that the POM accepts. */
    public static AcceptedSecrets among(Collection<String> accept) {
        return new AcceptedSecrets(
                accept.stream().filter(AcceptedSecrets::namesFile).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether a word of the POM's {@code accept} is about a file; all others are about rights. */
    public static boolean namesFile(String word) {
        return word.startsWith("/") || word.contains(":/");
    }

    /** The words that are about this file. */
    public SortedSet<String> about(String service, String path) {
        return words.stream()
                .filter(word -> word.equals(path) || word.equals(service + ":" + path))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
