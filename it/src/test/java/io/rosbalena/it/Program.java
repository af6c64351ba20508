package io.rosbalena.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real program that reads what was built, or makes what is built on. */
final class Program {
    private final List<String> command;
    private final Map<String, String> environment = new TreeMap<>();

    private Program(List<String> command) {
        this.command = command;
    }

    /** What a program left: its exit status and everything that it printed. */
    record Result(int status, String output) {}

    /** Skips the calling test where one of these programs is not installed. */
    static void require(String... programs) {
        for (String program : programs) {
            boolean there = Stream.concat(
                            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                            Stream.of("/usr/sbin", "/sbin"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            Assumptions.assumeTrue(there, "skipped: " + program + " is not installed");
        }
    }

    /** Skips the calling test for users other than root. */
    static void requireRoot(String why) {
        Assumptions.assumeTrue(isRoot(), "skipped: only root " + why);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static Program of(Object... command) {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        return new Program(words);
    }

    Program environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs the program to its end. */
    Result run() throws IOException, InterruptedException {
        Process process = builder().start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs the program, which must end with 0; what it printed. */
    String output() throws IOException, InterruptedException {
        Result result = run();
        if (result.status() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + result.status() + "\n" + result.output());
        }
        return result.output();
    }
}
