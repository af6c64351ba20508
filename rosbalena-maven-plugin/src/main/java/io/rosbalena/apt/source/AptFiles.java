package io.rosbalena.apt.source;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of apt's configuration: of this machine, of a project, or of a base image. */
public interface AptFiles {

    /** The content of a regular file; empty if there is none at this path. */
    Optional<Content> find(String path) throws IOException;

    /** The absolute paths of the regular files directly in a folder, sorted; none if the folder is missing. */
    List<String> list(String folder) throws IOException;

    /** The files below a root folder, whose absolute paths are meant inside that root. */
    static AptFiles below(Path root) {
        return new FolderFiles(root, root);
    }

    /** The files of this machine, where a relative path is meant from the project's folder. */
    static AptFiles ofProject(Path project) {
        return new FolderFiles(project.getFileSystem().getPath("/"), project);
    }

    /**
     * Files in folders.
     *
     * @param root what {@code /} means
     * @param start what a relative path starts from
     */
    record FolderFiles(Path root, Path start) implements AptFiles {
        @Override
        public Optional<Content> find(String path) {
            Path file = resolve(path);
            return Files.isRegularFile(file) ? Optional.of(() -> Files.newInputStream(file)) : Optional.empty();
        }

        @Override
        public List<String> list(String folder) throws IOException {
            Path directory = resolve(folder);
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> folder + "/" + FileNames.name(file))
                        .sorted()
                        .toList();
            }
        }

        private Path resolve(String path) {
            return path.startsWith("/") ? FileNames.resolve(root, path.substring(1)) : FileNames.resolve(start, path);
        }
    }
}
