package io.rosbalena.workspace.source;

import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.Digest;
import io.rosbalena.store.FileState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Remembers digests between builds by the {@link FileState} of a file. One that was written in the last seconds is not
 * remembered.
 */
public final class RememberedFileDigests implements FileDigests, AutoCloseable {
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
        Instant now = Instant.now();
        Optional<FileState> before = FileState.of(file);
        if (before.isEmpty()) {
            return Digest.of(file);
        }
        String path = file.toUri().getRawPath();
        String stat = before.get().text();
        Known known = former.get(path);
        if (known != null && known.stat().equals(stat)) {
            current.put(path, known);
            return known.digest();
        }
        Digest digest = Digest.of(file);
        if (before.get().isSettled(now) && FileState.of(file).equals(before)) {
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
}
