package io.rosbalena.colcon;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes entries into an empty folder with modes 755 and 644 and the constant time, whatever this process's umask is.
 * Copies, never hard links: a build may write into what it sees.
 */
final class TreeOnDisk {
    static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(Entry.EPOCH));

    private final Path folder;
    private final Set<Path> made = new HashSet<>();

    TreeOnDisk(Path folder) {
        this.folder = folder;
        made.add(folder);
    }

    /** Writes one entry and the directories that it stands in. */
    void write(Entry entry) throws IOException {
        write(entry, TIME);
    }

    /** The same with another time, if it is a file. */
    void write(Entry entry, FileTime time) throws IOException {
        Path path = FileNames.resolve(folder, entry.path().text());
        switch (entry.kind()) {
            case DIRECTORY -> directory(path);
            case FILE -> {
                directory(path.resolveSibling(""));
                try (InputStream in = entry.content().open()) {
                    Files.copy(in, path);
                }
                mode(path, (entry.mode() & 0100) != 0);
                Files.setLastModifiedTime(path, time);
            }
            case SYMLINK -> {
                directory(path.resolveSibling(""));
                Files.createSymbolicLink(path, FileNames.path(entry.target()));
            }
            case HARDLINK -> throw new IOException("neither sources nor results have hard links: " + entry.path());
        }
    }

    private void directory(Path path) throws IOException {
        if (made.contains(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            directory(parent);
        }
        Files.createDirectory(path);
        mode(path, true);
        made.add(path);
    }

    private static void mode(Path path, boolean executable) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
