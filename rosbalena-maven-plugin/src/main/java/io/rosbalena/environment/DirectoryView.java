package io.rosbalena.environment;

import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A root that is unpacked on disk. No link in it leads out of it. */
public final class DirectoryView implements FileView {
    private final Path root;
    private final PathResolution.Places places = new PathResolution.Places() {
        @Override
        public boolean exists(TreePath path) {
            return Files.exists(FileNames.resolve(root, path.text()), LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public Optional<String> link(TreePath path) {
            Path link = FileNames.resolve(root, path.text());
            try {
                return Files.isSymbolicLink(link)
                        ? Optional.of(FileNames.text(Files.readSymbolicLink(link)))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    public DirectoryView(Path root) {
        this.root = root;
    }

    @Override
    public boolean exists(String path) {
        return resolve(path).isPresent();
    }

    @Override
    public boolean isFile(String path) {
        return resolve(path).filter(Files::isRegularFile).isPresent();
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Optional<Path> found = resolve(directory).filter(Files::isDirectory);
        if (found.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(found.get())) {
            return children.map(FileNames::name).sorted().toList();
        }
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Optional<Path> file = resolve(path).filter(Files::isRegularFile);
        return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    }

    private Optional<Path> resolve(String path) {
        return PathResolution.resolve(path, places).map(found -> FileNames.resolve(root, found.text()));
    }
}
