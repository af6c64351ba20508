package io.rosbalena.sandbox;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names, kinds, permissions, sizes and modification times of a directory tree, without reading a file. Finds what
 * was removed, added, cut short by a lost disk cache, or edited; takes about 5 µs a file.
 *
 * @param files from the path below the directory to what is known of the file, parents first
 */
record StatManifest(Map<String, String> files) {
    StatManifest {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    static StatManifest of(Path directory) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        add(directory, "", files);
        return new StatManifest(files);
    }

    /** One line a file; the same for the same tree. */
    String text() {
        StringBuilder text = new StringBuilder(files.size() * 100);
        // A name may hold a line break; no two manifests become the same text if it is marked.
        files.forEach((path, state) ->
                text.append(state).append(' ').append(path.replace("\n", "\n ")).append('\n'));
        return text.toString();
    }

    /** The same without what stands below these directories. */
    StatManifest without(List<String> directories) {
        Map<String, String> left = new LinkedHashMap<>(files);
        left.keySet().removeIf(path -> directories.stream().anyMatch(directory -> path.startsWith(directory + "/")));
        return new StatManifest(left);
    }

    /** The paths that only {@code other} has, parents first. */
    List<String> addedIn(StatManifest other) {
        return other.files.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .toList();
    }

    /** The paths that {@code other} lacks or has in another state. */
    List<String> changedIn(StatManifest other) {
        return files.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.files.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void add(Path directory, String prefix, Map<String, String> files) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        }
        children.sort(Comparator.naturalOrder());
        for (Path child : children) {
            PosixFileAttributes attributes =
                    Files.readAttributes(child, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String path = prefix + FileNames.name(child);
            files.put(path, state(attributes));
            if (attributes.isDirectory()) {
                add(child, path + "/", files);
            }
        }
    }

    private static String state(PosixFileAttributes attributes) {
        String mode = PosixFilePermissions.toString(attributes.permissions());
        if (attributes.isDirectory()) {
            // A directory's size depends on the file system, its time on what was mounted or removed below it.
            return "d" + mode;
        }
        String kind = attributes.isSymbolicLink() ? "l" : attributes.isRegularFile() ? "-" : "?";
        return kind + mode + " " + attributes.size() + " "
                + attributes.lastModifiedTime().toMillis();
    }
}
