package io.rosbalena.workspace.source;

import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Remembers digests between builds by what {@code stat(2)} tells of a file: path, size, inode, time of the last write
 * and of the last change of the inode, which no program can set. A file written in the last seconds is not remembered:
 * another write within the clock's grain would leave no trace.
 */
public final class RememberedFileDigests implements FileDigests, AutoCloseable {
    private static final long GRAIN_SECONDS = 3;
    private static final String HEADER = "rosbalena-file-digests 1\n";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([-0-9 ]+)\t(.*)");

    private final Path memory;
    private final Map<String, Known> former = new TreeMap<>();
    private final Map<String, Known> current = new ConcurrentHashMap<>();

    private record Known(Digest digest, String stat) {}

    private RememberedFileDigests(Path memory) {
        this.memory = memory;
    }

    /** Opens the memory in a file, which need not exist; a file of another form is ignored and replaced. */
    public static RememberedFileDigests open(Path memory) throws IOException {
        RememberedFileDigests digests = new RememberedFileDigests(memory);
        if (Files.isRegularFile(memory)) {
            String text = new String(Files.readAllBytes(memory), StandardCharsets.UTF_8);
            if (text.startsWith(HEADER)) {
                text.lines()
                        .skip(1)
                        .map(LINE::matcher)
                        .filter(line -> line.matches())
                        .forEach(line ->
                                digests.former.put(line.group(3), new Known(new Digest(line.group(1)), line.group(2))));
            }
        }
        return digests;
    }

    @Override
    public Digest of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Digest.of(file);
        }
        String path = file.toUri().getRawPath();
        Instant now = Instant.now();
        Map<String, Object> before = attributes(file);
        String stat = stat(before);
        Known known = former.get(path);
        if (known != null && known.stat().equals(stat)) {
            current.put(path, known);
            return known.digest();
        }
        Digest digest = Digest.of(file);
        boolean settled = time(before, "ctime").toInstant().isBefore(now.minusSeconds(GRAIN_SECONDS))
                && time(before, "lastModifiedTime").toInstant().isBefore(now.minusSeconds(GRAIN_SECONDS));
        if (settled && stat(attributes(file)).equals(stat)) {
            current.put(path, new Known(digest, stat));
        }
        return digest;
    }

    /** Writes down what was asked for; what was not asked for is kept while its file may still be there. */
    @Override
    public void close() throws IOException {
        Map<String, Known> all = new TreeMap<>(former);
        all.putAll(current);
        StringBuilder text = new StringBuilder(HEADER);
        all.forEach((path, known) -> text.append(known.digest().hex())
                .append(' ')
                .append(known.stat())
                .append('\t')
                .append(path)
                .append('\n'));
        AtomicFile.writeIfChanged(memory, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        return Files.readAttributes(file, "unix:size,ino,lastModifiedTime,ctime");
    }

    private static String stat(Map<String, Object> attributes) {
        return attributes.get("size") + " " + attributes.get("ino") + " " + nanoseconds(attributes, "lastModifiedTime")
                + " " + nanoseconds(attributes, "ctime");
    }

    private static long nanoseconds(Map<String, Object> attributes, String name) {
        return time(attributes, name).to(TimeUnit.NANOSECONDS);
    }

    private static FileTime time(Map<String, Object> attributes, String name) {
        if (attributes.get(name) instanceof FileTime time) {
            return time;
        }
        throw new IllegalStateException("the file system tells no " + name);
    }
}
