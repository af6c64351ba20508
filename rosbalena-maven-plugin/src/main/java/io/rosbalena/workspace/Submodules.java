package io.rosbalena.workspace;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The git submodules of a project that were not checked out: git leaves an empty folder in their place. */
public final class Submodules {
    private static final Pattern PATH = Pattern.compile("(?m)^\\s*path\\s*=\\s*\"?(.+?)\"?\\s*$");
    private static final long LARGEST = 1 << 20;

    private Submodules() {}

    /**
     * The empty submodules of the repository that a project stands in, and of its other submodules.
     *
     * @return absolute paths; none if the project is in no git repository
     */
    public static Set<Path> empty(Path project) throws IOException {
        Set<Path> empty = new TreeSet<>();
        Optional<Path> root = repository(project.toAbsolutePath().normalize());
        if (root.isPresent()) {
            collect(root.get(), empty);
        }
        return empty;
    }

    private static Optional<Path> repository(Path project) {
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static void collect(Path repository, Set<Path> empty) throws IOException {
        Path list = repository.resolve(".gitmodules");
        if (!Files.isRegularFile(list) || Files.size(list) > LARGEST) {
            return;
        }
        Matcher matcher = PATH.matcher(new String(Files.readAllBytes(list), StandardCharsets.UTF_8));
        while (matcher.find()) {
            Path submodule = folder(repository, matcher.group(1));
            // A path that leads out, or to the repository itself, is no submodule and would be walked for ever.
            if (!submodule.startsWith(repository) || submodule.equals(repository) || !Files.isDirectory(submodule)) {
                continue;
            }
            if (isEmpty(submodule)) {
                empty.add(submodule);
            } else {
                collect(submodule, empty);
            }
        }
    }

    private static Path folder(Path repository, String path) {
        try {
            return FileNames.resolve(repository, path).normalize();
        } catch (InvalidPathException e) {
            return repository;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!child.endsWith(".git")) {
                    return false;
                }
            }
            return true;
        }
    }
}
