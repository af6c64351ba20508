package io.rosbalena.colcon;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a workspace becomes what it installs, by the word that the parameter {@code engine} takes. */
public enum EngineName {
    /** The locked build root, by whichever way into it is open, containers being the last. */
    AUTO("auto", true),
    /** The locked build root, entered with the means of the kernel. */
    ROOT("root", true),
    /** colcon of this machine. */
    HOST("host", false),
    /** The locked build root as an image of docker or podman. */
    CONTAINER("container", true),
    /** An {@code install/} that colcon made before. */
    PREBUILT("prebuilt", false);

    private final String word;
    private final boolean hermetic;

    EngineName(String word, boolean hermetic) {
        this.word = word;
        this.hermetic = hermetic;
    }

    /** As it is written in the POM. */
    public String word() {
        return word;
    }

    /** Whether results follow from sources and lock alone, so that they may be shared and called reproducible. */
    public boolean isHermetic() {
        return hermetic;
    }

    /** The engine of this word; empty if there is none. */
    public static Optional<EngineName> find(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }

    /** All words, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(EngineName::word).collect(Collectors.joining(", "));
    }
}
