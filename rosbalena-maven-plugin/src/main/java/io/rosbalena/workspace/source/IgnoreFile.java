package io.rosbalena.workspace.source;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The patterns that hold below one directory.
 *
 * @param directory absolute and without {@code .} and {@code ..}
 */
record IgnoreFile(Path directory, List<IgnorePattern> patterns) {
    static final String NAME = ".rosbalenaignore";
    private static final long LARGEST = 1 << 20;

    /** The ignore file of a directory, if it has one. */
    static Optional<IgnoreFile> read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 1 MiB");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Optional.of(of(directory, text.startsWith("\uFEFF") ? text.substring(1) : text));
    }

    static IgnoreFile of(Path directory, String text) {
        return new IgnoreFile(
                directory,
                text.lines().map(IgnorePattern::parse).flatMap(Optional::stream).toList());
    }

    /** Whether the last pattern that speaks about a path ignores it; empty if none speaks about it. */
    Optional<Boolean> ignores(Path path, boolean isDirectory) {
        String relative = FileNames.text(directory.relativize(path));
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, isDirectory)) {
                return Optional.of(!patterns.get(i).include());
            }
        }
        return Optional.empty();
    }
}
