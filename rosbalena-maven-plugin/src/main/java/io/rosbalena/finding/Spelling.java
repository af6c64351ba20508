package io.rosbalena.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant who wrote a word that is not known. */
public final class Spelling {
    private Spelling() {}

    /** The known word that a misspelt one most likely means; of two that are as near, the first in the alphabet. */
    public static Optional<String> nearest(String wanted, Collection<String> known) {
        int allowed = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(word -> distance(wanted, word, allowed) <= allowed)
                .min(Comparator.comparingInt((String word) -> distance(wanted, word, allowed))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Insertions, deletions and replacements from one text to the other (Levenshtein); {@code most + 1} if there are
     * more.
     */
    public static int distance(String from, String to, int most) {
        if (Math.abs(from.length() - to.length()) > most) {
            return most + 1;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                least = Math.min(least, row[j]);
            }
            // What follows is never less than the least of a row.
            if (least > most) {
                return most + 1;
            }
        }
        return Math.min(row[to.length()], most + 1);
    }
}
