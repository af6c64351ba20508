package io.rosbalena.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where measurements are made, and with which Maven.
 *
 * @param folder for everything that is written
 * @param courier the example robot
 * @param shared what is measured besides, where it is
 * @param version of the plugin
 * @param mavenHome where Maven stands
 * @param repository where it finds the plugin
 * @param runs how often each measurement is made
 */
record Workplace(Path folder, Path courier, Path shared, String version, Path mavenHome, Path repository, int runs) {
    static Workplace ofProperties() throws IOException {
        return new Workplace(
                Files.createDirectories(Path.of(System.getProperty("bench.work"))),
                Path.of(System.getProperty("bench.courier")),
                Path.of(System.getProperty("bench.shared")).normalize(),
                System.getProperty("bench.version"),
                Path.of(System.getProperty("bench.maven.home")),
                Path.of(System.getProperty("bench.repository")),
                Integer.getInteger("bench.runs", 3));
    }

    /** The store that holds what was downloaded, and what is warm. */
    Path store() {
        return folder.resolve("store");
    }

    /** The rosdep databases, the index and the lists of releases. */
    Path rosdistro() {
        return shared.resolve("data/rosdistro");
    }

    /** A project of packaging pom, in which Maven does nothing, in a Java machine like that of a robot. */
    Path twin() throws IOException {
        Path twin = Files.createDirectories(folder.resolve("twin"));
        configureJava(twin);
        Files.writeString(twin.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.rosbalena.bench</groupId>
                  <artifactId>twin</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                </project>
                """);
        return twin;
    }

    /** Gives a project the options of Java's machine that the archetype gives a robot. */
    void configureJava(Path project) throws IOException {
        copy(courier().resolve(".mvn"), project.resolve(".mvn"));
    }

    /** Maven without network in a project. */
    Command offline(Path project, Path store, String... goals) {
        List<String> arguments = new ArrayList<>(List.of("-o"));
        arguments.addAll(List.of(goals));
        return maven(project, store, arguments.toArray(String[]::new));
    }

    /** Maven in a project. */
    Command maven(Path project, Path store, String... goals) {
        List<String> arguments = new ArrayList<>(List.of(
                mavenHome.resolve("bin/mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "-Drosbalena.store=" + store));
        arguments.addAll(List.of(goals));
        return new Command(arguments).in(project);
    }

    /** An empty folder. */
    Path empty(String name) throws IOException, InterruptedException {
        Path path = folder.resolve(name);
        if (Files.exists(path)) {
            // Roots hold folders without the right to write.
            new Command("chmod", "-R", "u+w", path.toString()).run();
            new Command("rm", "-rf", path.toString()).run();
        }
        return Files.createDirectories(path);
    }

    /** Copies a folder into another one, which may be there. */
    static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source).sorted(Comparator.naturalOrder())) {
            files.forEach(
                    file -> copyOne(file, target.resolve(source.relativize(file).toString())));
        }
    }

    private static void copyOne(Path file, Path copy) {
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(copy);
            } else if (!Files.exists(copy)) {
                Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
