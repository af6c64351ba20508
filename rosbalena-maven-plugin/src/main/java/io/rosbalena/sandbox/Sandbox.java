package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.function.Consumer;

/** One way to run a command inside a root; all ways give the same bytes. */
public interface Sandbox {
    /** Name of the way, for example {@code user namespace}. */
    String name();

    /**
     * Runs a command and waits for it. If the calling thread is interrupted or the JVM ends, every process inside ends
     * too.
     *
     * @param output gets each line of standard output and standard error, without its line end
     * @return the exit status, 128 + n for signal n
     */
    int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException;
}
