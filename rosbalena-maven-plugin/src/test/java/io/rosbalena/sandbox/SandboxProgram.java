package io.rosbalena.sandbox;

import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.SandboxCommand.Bind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a command inside a root in a JVM of its own: {@code ROOT OUT PROGRAM ARG...}, OUT writable at {@code /out}. Prints
 * the way that was chosen, the command's lines and its exit status.
 */
final class SandboxProgram {
    private SandboxProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Sandbox sandbox = Sandboxes.choose(Sandboxes.Means.KERNEL).sandbox();
            out.println("way: " + sandbox.name());
            List<String> command = Arrays.asList(arguments);
            int status = sandbox.run(
                    new SandboxCommand(
                            Path.of(arguments[0]),
                            List.of(new Bind(Path.of(arguments[1]), "/out", true)),
                            "/",
                            Map.of("PATH", "/bin"),
                            command.subList(2, command.size())),
                    out::println);
            out.println("status: " + status);
        } catch (FindingException e) {
            out.println(e.getMessage());
        }
    }
}
