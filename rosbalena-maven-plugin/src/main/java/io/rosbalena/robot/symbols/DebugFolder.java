package io.rosbalena.robot.symbols;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code target/rosbalena/debug}: the debug archive of each platform, called as a repository of Maven calls it. */
public final class DebugFolder {
    private static final String ENDING = ".tar.gz";

    private final RobotProject project;
    private final Path folder;

    public DebugFolder(RobotProject project) {
        this.project = project;
        this.folder = project.files().output().resolve("debug");
    }

    /** The classifier of a platform's archive: {@code debug} for the first, {@code debug-<architecture>} for the others. */
    public static String classifier(boolean first, String architecture) {
        return first ? "debug" : "debug-" + architecture;
    }

    /**
     * Makes the folder hold exactly these archives.
     *
     * @param archives by classifier; the store has them
     * @return their files, by classifier
     */
    public SortedMap<String, Path> write(Map<String, Digest> archives, BlobStore store) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, Digest> archive : archives.entrySet()) {
            Files.createDirectories(folder);
            Path file = folder.resolve(project.name() + "-" + version() + "-" + archive.getKey() + ENDING);
            place(store.path(archive.getValue()), file);
            files.put(archive.getKey(), file);
        }
        for (Path file : archives()) {
            if (!files.containsValue(file)) {
                Files.delete(file);
            }
        }
        return files;
    }

    /** The archives that the last build left, sorted by name. */
    public List<Path> archives() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    private String version() {
        return project.coordinates().substring(project.coordinates().lastIndexOf(':') + 1);
    }

    /** A hard link to the store's blob where the file system allows it, else a copy. */
    private static void place(Path blob, Path target) throws IOException {
        if (Files.isRegularFile(target) && Files.mismatch(target, blob) < 0) {
            return;
        }
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                Files.createLink(temporary, blob);
            } catch (IOException | UnsupportedOperationException e) {
                // Another file system, or one without hard links, or the store of another user.
                Files.copy(blob, temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
