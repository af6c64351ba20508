package io.rosbalena.robot.project;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which packages of a ready-made base are brought to the version that the archives have, though nothing needs it.
 *
 * @param all whether every package that can be
 * @param names of those that must be
 */
public record UpgradeBase(boolean all, SortedSet<String> names) {
    /** None. */
    public static final UpgradeBase NONE = new UpgradeBase(false, new TreeSet<>());

    public UpgradeBase {
        names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** Reads the parameter: {@code true}, {@code false}, or names. */
    public static UpgradeBase of(Collection<String> words) {
        return new UpgradeBase(
                words.contains("true"),
                words.stream()
                        .filter(word -> !word.equals("true") && !word.equals("false"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The words again, sorted; none where nothing is asked for. */
    public SortedSet<String> words() {
        SortedSet<String> words = new TreeSet<>(names);
        if (all) {
            words.add("true");
        }
        return words;
    }
}
