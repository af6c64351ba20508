package io.rosbalena.colcon;

import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Lines;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Listens whether a compiler, a linker or colcon itself says that the disk is full. What they say besides, such as that a
 * file is truncated, is then no fault of the sources.
 */
final class DiskComplaint implements Consumer<String> {
    /** strerror(3) in the C locale at the end of what a tool says, not a text that a compiler quotes from a source. */
    private static final Pattern FULL = Pattern.compile(
            ".*(: |\\[Errno \\d+\\] )['\"]?(No space left on device|Disk quota exceeded)(['\"]?[.)]?|: .*)");

    private final Consumer<String> next;
    private volatile boolean made;

    /** @param next gets every line, too */
    DiskComplaint(Consumer<String> next) {
        this.next = next;
    }

    @Override
    public void accept(String line) {
        listen(line);
        next.accept(line);
    }

    /**
     * Ends a compile that had no room.
     *
     * @param log of a package that did not compile
     * @param disk a folder on the disk that it was compiled on
     * @throws FindingException RB740 if the disk was full
     */
    void refuse(Path log, Path disk) throws IOException, InterruptedException {
        if (Files.isRegularFile(log)) {
            Lines.read(Files.newInputStream(log), this::listen).await();
        }
        refuse(disk);
    }

    /**
     * The same for what keeps no log.
     *
     * @param disk a folder on the disk that was written to
     * @throws FindingException RB740 if the disk was full
     */
    void refuse(Path disk) throws IOException {
        if (made) {
            throw FindingException.environment(FileFinding.full(disk));
        }
    }

    private void listen(String line) {
        made |= FULL.matcher(line).matches();
    }
}
