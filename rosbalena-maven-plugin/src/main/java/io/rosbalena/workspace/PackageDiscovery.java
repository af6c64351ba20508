package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.FileNames;
import io.rosbalena.workspace.manifest.CodePoints;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks a source directory as colcon does: top down, sub-directories by name, through links but never twice into the
 * same directory, not below a package, not into hidden directories.
 */
final class PackageDiscovery {
    private final Path project;
    private final ConditionContexts contexts;
    private final Findings findings;
    private final Set<Path> visited = new HashSet<>();
    private final List<RosPackage> packages = new ArrayList<>();

    PackageDiscovery(Path project, ConditionContexts contexts, Findings findings) {
        this.project = project.toAbsolutePath().normalize();
        this.contexts = contexts;
        this.findings = findings;
    }

    List<RosPackage> walk(Path sourceDirectory) throws IOException {
        if (!Files.isDirectory(sourceDirectory)) {
            findings.add(Finding.error("RB006", "the source directory does not exist")
                    .fix("create it and put the ROS packages there, or set <sourceDirectory>")
                    .at(shown(sourceDirectory)));
            return List.of();
        }
        visit(sourceDirectory, ".");
        return packages;
    }

    private void visit(Path directory, String path) throws IOException {
        if (!visited.add(directory.toRealPath())) {
            return;
        }
        PackageIdentification identification =
                new PackageIdentification(new PackageFolder(directory, path, shown(directory)), contexts, findings);
        PackageIdentification.Outcome outcome = identification.identify();
        outcome.found().ifPresent(packages::add);
        if (!outcome.descend()) {
            return;
        }
        for (Path child : subdirectories(directory)) {
            String name = FileNames.name(child);
            visit(child, path.equals(".") ? name : path + "/" + name);
        }
    }

    private List<Path> subdirectories(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                directory, child -> !FileNames.name(child).startsWith(".") && Files.isDirectory(child))) {
            stream.forEach(children::add);
        } catch (AccessDeniedException e) {
            findings.add(Finding.error("RB006", "the directory cannot be read")
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
