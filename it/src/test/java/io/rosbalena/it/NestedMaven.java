package io.rosbalena.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Maven build of a project, as a user starts it: a process of its own with an environment of its own. */
final class NestedMaven {
    private static final Path HOME = Path.of(System.getProperty("it.maven.home"));
    private static final Path USER_SETTINGS = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");

    private final Path project;
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    private NestedMaven(Path project) {
        this.project = project;
    }

    /** What a build left: its exit status and everything that it printed. */
    record Result(int status, String output) {
        Result succeeded() {
            if (status != 0) {
                throw new AssertionError("the build failed with " + status + "\n" + output);
            }
            return this;
        }

        Result failed() {
            if (status == 0) {
                throw new AssertionError("the build succeeded\n" + output);
            }
            return this;
        }
    }

    static NestedMaven in(Path project) {
        return new NestedMaven(project);
    }

    /** Runs under another program, for example {@code setpriv}. */
    NestedMaven under(String... program) {
        wrapper.addAll(List.of(program));
        return this;
    }

    NestedMaven with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    NestedMaven store(Path store) {
        return with("-Drosbalena.store=" + store);
    }

    NestedMaven environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Another Java machine than the one that the tests run in. */
    NestedMaven java(Path home) {
        return environment("JAVA_HOME", home.toString());
    }

    /** Runs goals to their end. */
    Result run(String... goals) throws IOException, InterruptedException {
        try (RunningMaven running = start(goals)) {
            return running.await();
        }
    }

    /** Begins to run goals. */
    RunningMaven start(String... goals) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(HOME.resolve("bin/mvn").toString());
        command.addAll(List.of(
                "-B",
                "-ntp",
                // The user's own settings, with mirrors and proxies, stay in force where there are any.
                Files.exists(USER_SETTINGS) ? "-gs" : "-s",
                System.getProperty("it.settings"),
                "-Dmaven.repo.local=" + System.getProperty("it.repository")));
        command.addAll(options);
        command.addAll(List.of(goals));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().remove("MAVEN_OPTS");
        builder.environment().putAll(environment);
        return new RunningMaven(builder.start());
    }
}
