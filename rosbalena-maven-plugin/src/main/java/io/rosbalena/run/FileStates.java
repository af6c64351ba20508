package io.rosbalena.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the files of a directory tree at one moment, to find what a service did to them.
 *
 * @param files from the path below the directory, parents first
 */
record FileStates(Map<Path, State> files) {
    FileStates {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * The state of one file. Of a directory only mode and owner count: its times tell what happened to its files.
     *
     * @param mode kind and permissions, see inode(7)
     * @param size in bytes
     * @param modified when its content was written
     * @param changed when anything of it was changed, which no program can set
     */
    record State(int mode, int user, int group, long size, FileTime modified, FileTime changed) {
        private static final int KIND = 0xf000;
        private static final int DIRECTORY = 0x4000;
        private static final FileTime NONE = FileTime.fromMillis(0);

        /** The state of what stands there; empty if nothing does. Links are not followed. */
        static Optional<State> of(Path file) throws IOException {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Map<String, Object> all = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
            int mode = get(all, "mode", Integer.class);
            boolean directory = (mode & KIND) == DIRECTORY;
            return Optional.of(new State(
                    mode,
                    get(all, "uid", Integer.class),
                    get(all, "gid", Integer.class),
                    directory ? 0 : get(all, "size", Long.class),
                    directory ? NONE : get(all, "lastModifiedTime", FileTime.class),
                    directory ? NONE : get(all, "ctime", FileTime.class)));
        }

        private static <T> T get(Map<String, Object> all, String name, Class<T> type) {
            return type.cast(Objects.requireNonNull(all.get(name), name));
        }

        boolean isDirectory() {
            return (mode & KIND) == DIRECTORY;
        }

        /** Whether a copy of this file would look like the other. */
        boolean looksLike(State other) {
            return mode == other.mode && size == other.size && modified.equals(other.modified);
        }
    }

    /** The states of all files below a directory. */
    static FileStates below(Path directory) throws IOException {
        Map<Path, State> files = new LinkedHashMap<>();
        add(directory, directory, files);
        return new FileStates(files);
    }

    Optional<State> of(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The paths that {@code before} lacks or has in another state, parents first. */
    List<Path> changedSince(FileStates before) {
        return files.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.files.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The paths that only {@code before} has, children first. */
    List<Path> removedSince(FileStates before) {
        List<Path> removed = new ArrayList<>(before.files.keySet());
        removed.removeAll(files.keySet());
        Collections.reverse(removed);
        return removed;
    }

    private static void add(Path top, Path directory, Map<Path, State> files) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        }
        children.sort(Comparator.naturalOrder());
        for (Path child : children) {
            Optional<State> state = State.of(child);
            if (state.isPresent()) {
                files.put(top.relativize(child), state.get());
                if (state.get().isDirectory()) {
                    add(top, child, files);
                }
            }
        }
    }
}
