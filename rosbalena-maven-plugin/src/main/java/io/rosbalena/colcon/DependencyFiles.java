package io.rosbalena.colcon;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The dependency files that compilers write for {@code make} into a build folder: {@code *.d}. */
final class DependencyFiles {
    /** They have a few hundred lines; a larger one is something else. */
    private static final long LARGEST = 16L << 20;

    private DependencyFiles() {}

    /** Every file below {@code /ros2_ws} that some compiler read, relative to that. */
    static SortedSet<String> reads(Path buildFolder) throws IOException {
        String prefix = ColconCommand.WORKSPACE + "/";
        SortedSet<String> read = new TreeSet<>();
        for (Path file : find(buildFolder)) {
            for (String word : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\s+", -1)) {
                if (word.startsWith(prefix)) {
                    String path = FileNames.text(FileNames.path(word).normalize());
                    if (path.startsWith(prefix)) {
                        read.add(path.substring(prefix.length()));
                    }
                }
            }
        }
        return read;
    }

    private static List<Path> find(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".d")).toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
