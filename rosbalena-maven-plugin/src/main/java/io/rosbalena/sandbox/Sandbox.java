package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.function.Consumer;

/** One way to run a command inside a root; all ways give the same bytes. */
public interface Sandbox {
    /** Name of the way, for example {@code user namespace}. */
    String name();

    /** Whether a command inside is kept from the network. Where it is not, a result cannot be called hermetic. */
    boolean isolatesNetwork();

    /** Whether a command inside works on the folders that its binds name; else it works on copies. */
    default boolean showsFolders() {
        return true;
    }

    /**
     * The same for roots whose programs are another processor's; an emulator of this machine runs them.
     *
     * @throws io.rosbalena.finding.FindingException RB493 if none does, with what is missing
     * @throws IllegalStateException if it enters no roots
     */
    default Sandbox emulating(Processor processor) throws IOException, InterruptedException {
        throw new IllegalStateException("only roots hold another processor's programs, not " + name());
    }

    /**
     * Runs a command and waits for it. If the calling thread is interrupted or the JVM ends, every process inside ends
     * too. Standard input is empty, there is no terminal, and the caller is uid 0 inside.
     *
     * @param output gets each line of standard output and standard error, without its line end, from another thread
     * @return the exit status, 128 + n for signal n; 127 if the root has no such program
     * @throws io.rosbalena.finding.FindingException RB332 if the root could not be entered
     */
    int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException;
}
