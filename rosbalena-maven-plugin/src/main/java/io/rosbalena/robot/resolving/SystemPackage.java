package io.rosbalena.robot.resolving;

import java.util.Optional;

/**
 * A package that a rule or the manifest names.
 *
 * @param name as written, without a version
 * @param installer {@code apt} or {@code pip}
 * @param version the version that the images hold
 * @param size bytes to download; 0 for one of the base
 * @param from what tells the version
 */
record SystemPackage(String name, String installer, Optional<String> version, long size, From from) {
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
