package io.rosbalena.colcon;

import java.util.Optional;

/**
 * What differs in one file of a package that was compiled twice.
 *
 * @param place the file, relative to the package's install folder
 * @param what how its two contents differ, where
 * @param cause why, as far as that shows
 */
record FileDifference(String place, String what, Optional<DifferenceCause> cause) {
    FileDifference(String place, String what) {
        this(place, what, Optional.empty());
    }

    /** One line about it. */
    String line() {
        return place + ": " + what
                + cause.map(known -> " (" + known.words() + ")").orElse("");
    }
}
