package io.rosbalena.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;

/**
 * The sizes of roots, layers and build folders in a store, which never change: each is counted once, since that means to look at tens
 * of thousands of files. Kept in {@code folder-sizes} of the store, a line for each: name, blank, bytes.
 */
final class FolderSizes {
    private final Path file;
    private final Map<String, Long> known;
    private final Map<String, Long> seen = new TreeMap<>();

    private FolderSizes(Path file, Map<String, Long> known) {
        this.file = file;
        this.known = known;
    }

    static FolderSizes read(BlobStore store) throws IOException {
        Path file = store.root().resolve("folder-sizes");
        Map<String, Long> known = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && words[1].matches("[0-9]{1,18}")) {
                    known.put(words[0], Long.parseLong(words[1]));
                }
            }
        }
        return new FolderSizes(file, known);
    }

    /** Bytes of the regular files in a folder. */
    long of(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        Long size = known.get(name);
        if (size == null) {
            size = PathUtils.countDirectory(folder).getByteCounter().get();
        }
        seen.put(name, size);
        return size;
    }

    /** Keeps what was asked for; the rest is no longer there. */
    void write() throws IOException {
        StringBuilder text = new StringBuilder();
        seen.forEach((name, size) -> text.append(name).append(' ').append(size).append('\n'));
        AtomicFile.writeIfChanged(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
