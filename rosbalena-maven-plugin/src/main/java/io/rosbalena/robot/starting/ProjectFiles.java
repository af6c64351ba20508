package io.rosbalena.robot.starting;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The texts of a folder that may say something about a robot: Dockerfiles and package manifests. */
final class ProjectFiles {
    /** Larger texts are not written by people. */
    private static final long LARGEST = 1 << 20;

    private static final int DEEPEST = 12;

    /** What colcon, Maven and others make; hidden folders are passed over, too. */
    private static final Set<String> MADE = Set.of("build", "install", "log", "target", "node_modules");

    private ProjectFiles() {}

    /** The Dockerfiles below a folder, by their name relative to it. */
    static SortedMap<String, String> dockerfiles(Path folder) throws IOException {
        return find(folder, name -> name.equals("Dockerfile") || name.startsWith("Dockerfile."));
    }

    /** The package manifests below a folder, by their name relative to it. */
    static SortedMap<String, String> manifests(Path folder) throws IOException {
        return find(folder, "package.xml"::equals);
    }

    private interface Names {
        boolean wants(String name);
    }

    private static SortedMap<String, String> find(Path folder, Names names) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        Files.walkFileTree(
                folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                        String name = FileNames.name(directory);
                        boolean passed = !directory.equals(folder) && (name.startsWith(".") || MADE.contains(name));
                        return passed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (attributes.isRegularFile() && names.wants(FileNames.name(file))) {
                            text(file).ifPresent(text -> found.put(FileNames.text(folder.relativize(file)), text));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Nobody has to give the right to read everything that happens to lie in the folder.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /** The text of a file; empty if there is none, or one too large. Every byte is a letter: what counts is ASCII. */
    static Optional<String> text(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }
}
