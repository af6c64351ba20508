package io.rosbalena.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may give files to any owner, so that layers can keep theirs. */
final class Owners {
    private Owners() {}

    /** True for the machine's root, not for the root of a user namespace that knows a few owners only. */
    static boolean areKept() throws IOException {
        boolean root = ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
        // uid_map: first uid inside, first uid outside, how many; see user_namespaces(7).
        return root && Files.readString(Path.of("/proc/self/uid_map")).strip().endsWith("4294967295");
    }
}
