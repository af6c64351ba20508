package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.FileNames;
import io.rosbalena.workspace.manifest.CodePoints;
import io.rosbalena.workspace.manifest.ManifestMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Walks a source directory as colcon does: top down, sub-directories by name, through links but never twice into the
 * same directory, not below a package, not into hidden directories.
 *
 * <p>Without links no directory is met twice, so that all are read at the same time; which of several ways to a
 * directory counts can only be told by going one after another.
 */
final class PackageDiscovery {
    private final Path project;
    private final ConditionContexts contexts;
    private final ManifestMemory memory;
    private final Findings findings;

    PackageDiscovery(Path project, ConditionContexts contexts, ManifestMemory memory, Findings findings) {
        this.project = project.toAbsolutePath().normalize();
        this.contexts = contexts;
        this.memory = memory;
        this.findings = findings;
    }

    List<RosPackage> walk(Path sourceDirectory) throws IOException {
        if (!Files.isDirectory(sourceDirectory)) {
            findings.add(Finding.error("RB006", "the source directory does not exist")
                    .fix("create it and put the ROS packages there, or set <sourceDirectory>")
                    .at(shown(sourceDirectory)));
            return List.of();
        }
        Found found;
        AtomicBoolean links = new AtomicBoolean();
        try {
            found = ForkJoinPool.commonPool().invoke(new Walk(sourceDirectory, ".", links));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        if (links.get()) {
            found = inOrder(sourceDirectory, ".", new HashSet<>());
        }
        findings.addAll(found.findings());
        return found.packages();
    }

    /** What was found in a directory and below it. */
    private record Found(List<RosPackage> packages, List<Finding> findings) {
        static final Found NOTHING = new Found(List.of(), List.of());

        Found and(Iterable<Found> others) {
            List<RosPackage> allPackages = new ArrayList<>(packages);
            List<Finding> allFindings = new ArrayList<>(findings);
            for (Found other : others) {
                allPackages.addAll(other.packages);
                allFindings.addAll(other.findings);
            }
            return new Found(allPackages, allFindings);
        }
    }

    /** A directory that may be a package, and the directories in it that are looked at as well. */
    private record Directory(Found own, List<Path> children) {}

    /** Reads a directory and all below it, but goes through no link: it only tells that there is one. */
    @SuppressWarnings("serial") // never written anywhere
    private final class Walk extends RecursiveTask<Found> {
        private final Path directory;
        private final String path;
        private final AtomicBoolean links;

        Walk(Path directory, String path, AtomicBoolean links) {
            this.directory = directory;
            this.path = path;
            this.links = links;
        }

        @Override
        protected Found compute() {
            Directory here;
            List<Walk> below = new ArrayList<>();
            try {
                here = read(directory, path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (Path child : here.children()) {
                if (Files.isSymbolicLink(child)) {
                    links.set(true);
                } else {
                    below.add(new Walk(child, below(path, child), links));
                }
            }
            return here.own().and(invokeAll(below).stream().map(Walk::join).toList());
        }
    }

    private Found inOrder(Path directory, String path, Set<Path> visited) throws IOException {
        if (!visited.add(directory.toRealPath())) {
            return Found.NOTHING;
        }
        Directory here = read(directory, path);
        List<Found> below = new ArrayList<>();
        for (Path child : here.children()) {
            below.add(inOrder(child, below(path, child), visited));
        }
        return here.own().and(below);
    }

    private static String below(String path, Path child) {
        String name = FileNames.name(child);
        return path.equals(".") ? name : path + "/" + name;
    }

    private Directory read(Path directory, String path) throws IOException {
        Findings own = new Findings();
        PackageIdentification identification =
                new PackageIdentification(new PackageFolder(directory, path, shown(directory)), contexts, memory, own);
        PackageIdentification.Outcome outcome = identification.identify();
        List<Path> children = outcome.descend() ? subdirectories(directory, own) : List.of();
        return new Directory(new Found(outcome.found().stream().toList(), own.all()), children);
    }

    private List<Path> subdirectories(Path directory, Findings own) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                directory, child -> !FileNames.name(child).startsWith(".") && Files.isDirectory(child))) {
            stream.forEach(children::add);
        } catch (AccessDeniedException e) {
            own.add(Finding.error("RB006", "the directory cannot be read")
                    .fix("give yourself the right to read it, or remove it")
                    .at(shown(directory)));
        }
        children.sort(Comparator.comparing(FileNames::name, CodePoints::compare));
        return children;
    }

    /** A path as findings name it: relative to the project where it stands in it. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return FileNames.text(absolute.startsWith(project) ? project.relativize(absolute) : absolute);
    }
}
