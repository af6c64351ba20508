package io.rosbalena.robot.resolving;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A package that a rule or the manifest names.
 *
 * @param name as written, without a version; a Python project in its normalised form
 * @param extras of a Python project, normalised
 * @param installer {@code apt} or {@code pip}
 * @param version the version that the images hold
 * @param size bytes to download; 0 for one of the base
 * @param from what tells the version
 */
record SystemPackage(
        String name, SortedSet<String> extras, String installer, Optional<String> version, long size, From from) {
    SystemPackage {
        extras = Collections.unmodifiableSortedSet(new TreeSet<>(extras));
    }

    /** What tells a version. */
    enum From {
        /** The lock. */
        LOCK("lock"),
        /** The base image has the package already. */
        BASE("base"),
        /** Nothing: the name is virtual, another package of the lock stands for it. */
        PROVIDED("provided");

        private final String word;

        From(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
