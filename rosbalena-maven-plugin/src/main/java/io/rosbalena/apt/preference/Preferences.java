package io.rosbalena.apt.preference;

import java.util.List;
import java.util.Optional;

/** What somebody prefers, before it is known which indexes there are. */
public final class Preferences {
    /** No pins. */
    public static final Preferences NONE = new Preferences(List.of(), Optional.empty());

    private final List<Pin> pins;
    private final Optional<String> defaultRelease;

    Preferences(List<Pin> pins, Optional<String> defaultRelease) {
        this.pins = List.copyOf(pins);
        this.defaultRelease = defaultRelease;
    }

    /** In the order of the files: the first that speaks of something counts. */
    List<Pin> pins() {
        return pins;
    }

    /** {@code APT::Default-Release}. */
    Optional<String> defaultRelease() {
        return defaultRelease;
    }
}
