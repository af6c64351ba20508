package io.rosbalena.colcon;

import io.rosbalena.sandbox.Sandbox;
import java.io.IOException;

/** Makes a build root ready and opens a way into it: called once, and only if something must be compiled. */
@FunctionalInterface
public interface Entrance {
    /** The way into the root, which is unpacked by then. */
    Sandbox open() throws IOException, InterruptedException;
}
