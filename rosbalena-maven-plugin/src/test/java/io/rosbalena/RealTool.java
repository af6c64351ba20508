package io.rosbalena;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the real programs that our results are compared with. */
public final class RealTool {
    private RealTool() {}

    /** Skips the calling test where one of these programs is not installed. */
    public static void require(String... programs) {
        for (String program : programs) {
            Assumptions.assumeTrue(isInstalled(program), () -> "skipped: " + program + " is not installed");
        }
    }

    /** Runs a program in a directory, in the C locale; its standard output. Fails the test if it fails. */
    public static String run(Path directory, String... command) throws IOException {
        return run(directory, Map.of(), command);
    }

    /** The same with more variables in its environment. */
    public static String run(Path directory, Map<String, String> environment, String... command) throws IOException {
        Path errors = Files.createTempFile("tool", ".err");
        try {
            List<String> line = new ArrayList<>(List.of(command));
            line.set(0, find(command[0]).map(Path::toString).orElse(command[0]));
            ProcessBuilder builder =
                    new ProcessBuilder(line).directory(directory.toFile()).redirectError(errors.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + status + "\n" + output
                        + Files.readString(errors, StandardCharsets.ISO_8859_1));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }

    private static boolean isInstalled(String program) {
        return find(program).isPresent();
    }

    /** Also where only root's PATH looks. */
    private static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
