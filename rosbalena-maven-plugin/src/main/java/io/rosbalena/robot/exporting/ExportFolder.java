package io.rosbalena.robot.exporting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder that an export is written to: all of it, or as it was. A {@code .git} in it stays. */
final class ExportFolder {
    /** Keeps colcon, and this plugin, from taking the copied packages for those of the workspace; and marks the folder. */
    static final String MARK = "COLCON_IGNORE";

    static final String MARK_TEXT = "Written by rosbalena-maven-plugin (goal dockerfile).\n";
    private static final String KEPT = ".git";

    private final Path folder;

    ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws FindingException RB189 if the folder holds something else, which is not touched */
    void write(FileTree export) throws IOException {
        check();
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new IOException("not a folder: " + folder);
        }
        Files.createDirectories(parent);
        Path fresh = parent.resolve("." + FileNames.name(folder) + "." + UUID.randomUUID() + ".tmp");
        Path old = parent.resolve("." + FileNames.name(folder) + "." + UUID.randomUUID() + ".old");
        try {
            Files.createDirectory(fresh);
            for (Entry entry : export.entries()) {
                write(fresh, entry);
            }
            if (Files.isDirectory(folder)) {
                if (Files.exists(folder.resolve(KEPT))) {
                    Files.move(folder.resolve(KEPT), fresh.resolve(KEPT));
                }
                Files.move(folder, old);
            }
            Files.move(fresh, folder);
        } finally {
            delete(fresh);
            delete(old);
        }
    }

    private void check() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean ours = Files.isRegularFile(folder.resolve(MARK))
                && Files.size(folder.resolve(MARK)) < 1000
                && Files.readString(folder.resolve(MARK), StandardCharsets.ISO_8859_1)
                        .equals(MARK_TEXT);
        if (!ours && !isEmpty()) {
            throw FindingException.input(Finding.error("RB189", "the folder holds something else and is not touched")
                    .at(folder.toString())
                    .fix("name an empty or a new one: -Drosbalena.dockerfile.output=FOLDER"));
        }
    }

    private boolean isEmpty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(folder, child -> !FileNames.name(child).equals(KEPT))) {
            return !children.iterator().hasNext();
        }
    }

    private static void write(Path root, Entry entry) throws IOException {
        Path file = FileNames.resolve(root, entry.path().text());
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymlink()) {
            Files.createSymbolicLink(file, Path.of(entry.target()));
            return;
        }
        try (InputStream in = entry.content().open()) {
            Files.copy(in, file);
        }
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            boolean executable = (entry.mode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
