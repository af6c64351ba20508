package io.rosbalena.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command inside a root. The network has only a loopback interface, the root is read-only, {@code /tmp}, {@code /run}
 * and {@code /dev} are fresh; the umask is 022.
 *
 * @param root the root directory on this machine
 * @param binds what of this machine is seen inside, in mount order
 * @param workingDirectory absolute path inside
 * @param environment the whole environment; nothing is inherited
 * @param arguments program and arguments
 */
public record SandboxCommand(
        Path root, List<Bind> binds, String workingDirectory, Map<String, String> environment, List<String> arguments) {

    public SandboxCommand {
        binds = List.copyOf(binds);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no program to run");
        }
    }

    /**
     * A directory of this machine, seen inside.
     *
     * @param source directory on this machine
     * @param target absolute path inside, where the root has an empty directory
     * @param writable whether the command may write there
     */
    public record Bind(Path source, String target, boolean writable) {}
}
