package io.rosbalena.colcon;

import io.rosbalena.environment.DirectoryView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a build root ready and opens a way into it: called once, and only if something must be compiled. */
@FunctionalInterface
public interface Entrance {
    /** The way into the root, which is unpacked by then. */
    Sandbox open() throws IOException, InterruptedException;

    /**
     * Checks that the root has colcon.
     *
     * @throws FindingException RB401 if not
     */
    default void check(BuildRoot root) {
        if (!new DirectoryView(root.directory()).isFile("/usr/bin/colcon")) {
            throw FindingException.environment(Finding.error("RB401", "the build root has no colcon")
                    .fix("add an apt source that has python3-colcon-common-extensions (or Debian's package colcon),"
                            + " then run rosbalena:lock"));
        }
    }

    /** Whether a build folder may be used again; only where the next compile finds it at the same path. */
    default boolean keepsBuilds() {
        return true;
    }

    /**
     * Makes what a package has installed what it would have installed at {@code /ros2_ws/install}; in a root that is what
     * it did.
     *
     * @param install folder of this machine that was installed into
     * @param findings gets an error for each file that cannot be moved
     */
    default void settle(Path install, String packageName, Findings findings) throws IOException {}
}
