package io.rosbalena.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Who runs the tests. */
final class User {
    private User() {}

    static boolean isRoot() throws IOException {
        return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
    }

    static void assumeRoot() throws IOException {
        Assumptions.assumeTrue(isRoot(), "skipped: only root can do this");
    }
}
