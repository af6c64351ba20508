package io.rosbalena.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other programs of this machine. */
final class Programs {
    private Programs() {}

    /** Skips the test where a program is not installed. */
    static void require(String name) throws IOException, InterruptedException {
        assumeTrue(
                succeeds("sh", "-c", "command -v \"$1\"", "sh", name), () -> "skipped: " + name + " is not installed");
    }

    /** Runs a program that must succeed; gives what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
        return said;
    }

    static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
