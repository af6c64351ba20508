package io.rosbalena.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names, kinds, permissions, sizes and modification times of a directory tree, without reading a file. Finds what
 * was removed, added, cut short by a lost disk cache, or edited. {@code find} needs a third of the time that a JVM needs
 * which has just started.
 *
 * @param text as {@code manifest.sh} writes it; the same for the same tree. A byte of a name that is not UTF-8 is U+FFFD
 */
record StatManifest(String text) {
    private static final String WHOLE = "whole";

    /**
     * Lists a tree.
     *
     * @throws IOException if something in it cannot be read
     */
    static StatManifest of(Path directory) throws IOException, InterruptedException {
        Tool.require("find", "findutils");
        ProcessBuilder builder =
                new ProcessBuilder(Script.of(StatManifest.class, "manifest.sh").line(List.of(directory.toString())));
        builder.environment().clear();
        builder.environment().put("PATH", Tool.searchPath());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            List<String> errors = new ArrayList<>();
            Lines lines = Lines.read(process.getErrorStream(), line -> {
                if (errors.size() < 20) {
                    errors.add(line);
                }
            });
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            lines.await();
            // It begins with a letter that no kind of file has, and stands last.
            if (status != 0 || !text.endsWith(WHOLE + "\0")) {
                throw new IOException("cannot list " + directory + ": " + String.join("; ", errors));
            }
            return new StatManifest(text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The paths that only {@code other} has, parents first. */
    List<String> addedIn(StatManifest other) {
        SortedMap<String, String> added = other.files();
        added.keySet().removeAll(files().keySet());
        return List.copyOf(added.keySet());
    }

    /**
     * The paths that {@code other} lacks or has in another state, parents first.
     *
     * @param except directories; what stands below them does not count
     */
    List<String> changedIn(StatManifest other, List<String> except) {
        SortedMap<String, String> changed = files();
        changed.entrySet().removeAll(other.files().entrySet());
        changed.keySet().removeIf(path -> except.stream().anyMatch(directory -> path.startsWith(directory + "/")));
        return List.copyOf(changed.keySet());
    }

    /** From each path to what is known of it. */
    private SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        for (String entry : text.split("\0", -1)) {
            String[] fields = entry.split(" ", 4);
            if (fields.length == 4) {
                files.put(fields[3], fields[0] + " " + fields[1] + " " + fields[2]);
            }
        }
        return files;
    }
}
