package io.rosbalena.image;

import java.util.Locale;

/** What a layer is for, from the bottom of an image to its top. */
public enum LayerKind {
    /** Of the image that this one stands on. */
    BASE,
    /** Packages of the operating system. */
    SYSTEM,
    /** Packages of the ROS distribution. */
    ROS,
    /** What the package installation as a whole leaves: dpkg's database, alternatives, accounts, ld.so.cache. */
    STATE,
    /** Packages of the workspace. */
    WORKSPACE,
    /** Single files of a service. */
    FILES;

    /** The word in {@code build.json}, for example {@code base}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that {@link #word} names.
     *
     * @throws IllegalArgumentException for another word
     */
    public static LayerKind parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
