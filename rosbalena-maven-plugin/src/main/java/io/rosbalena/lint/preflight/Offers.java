package io.rosbalena.lint.preflight;

import java.io.IOException;
import java.util.Optional;

/** Knows who has what an image lacks. */
public interface Offers {
    /**
     * How something comes into the image.
     *
     * @param fix what to do
     * @param line where it is to be done, in the manifest of the package that lacks it; 0 if no line is meant
     */
    record Offer(String fix, int line) {}

    /**
     * Who has a shared library.
     *
     * @param name its file name
     * @param needing the package of the workspace that needs it; empty for files that the manifest names
     */
    Optional<Offer> library(String name, Optional<String> needing) throws IOException, InterruptedException;

    /** Who has a program that a command names without its path. */
    Optional<Offer> program(String name) throws IOException, InterruptedException;

    /**
     * Who has a Python module.
     *
     * @param name without dots
     * @param needing the package of the workspace that imports it; empty for files that the manifest names
     */
    Optional<Offer> module(String name, Optional<String> needing) throws IOException, InterruptedException;

    /** Who has a ROS package that a command names. */
    Optional<Offer> rosPackage(String name) throws IOException, InterruptedException;
}
