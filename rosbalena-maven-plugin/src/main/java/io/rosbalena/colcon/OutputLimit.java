package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a compile that prints without end, before its logs fill the disk: interrupts the thread that waits for it, which
 * ends every process of the compile.
 */
final class OutputLimit implements AutoCloseable {
    /** What the logs of one package may hold. A whole Autoware package prints less than a hundredth of it. */
    static final long MOST = 512L << 20;

    /** How often is looked; a disk takes less than the limit in that time. */
    private static final long MILLISECONDS = 500;

    private final Path logs;
    private final long most;
    private final Thread compiling = Thread.currentThread();
    private final Thread watching = new Thread(this::watch, "size of logs");
    private volatile @Nullable String exceeded;
    private boolean closed;

    /**
     * Begins to watch what colcon writes for this thread.
     *
     * @param logs colcon's log folder, which has a folder for each call and in it one for each package
     * @param most bytes that those of a package may have
     */
    OutputLimit(Path logs, long most) {
        this.logs = logs;
        this.most = most;
        watching.setDaemon(true);
        watching.start();
    }

    /**
     * What to throw instead, if the thread was interrupted by this.
     *
     * @return empty if somebody else did it
     */
    Optional<FindingException> reason() {
        return Optional.ofNullable(exceeded)
                .map(name -> FindingException.input(Finding.error(
                                "RB485",
                                name + " prints without end: its log has more than " + (most >> 20)
                                        + " MB, so the compile was ended")
                        .fix("run colcon build for this package alone and see what it prints again and again")
                        .inPackage(name)));
    }

    private void watch() {
        try {
            while (true) {
                Optional<String> largest = largest();
                if (largest.isPresent()) {
                    interrupt(largest.get());
                    return;
                }
                Thread.sleep(MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The compile is over.
        }
    }

    /** Not after the compile is over: the interrupt would hit what its thread does next. */
    private synchronized void interrupt(String name) {
        if (!closed) {
            exceeded = name;
            compiling.interrupt();
        }
    }

    /** A package whose logs have exceeded the limit. */
    private Optional<String> largest() {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(logs, "build_*")) {
            for (Path run : runs) {
                if (Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)) {
                    try (DirectoryStream<Path> packages = Files.newDirectoryStream(run)) {
                        for (Path one : packages) {
                            if (size(one.resolve("stdout_stderr.log")) > most) {
                                return Optional.of(FileNames.name(one));
                            }
                        }
                    }
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Not there yet, or gone already.
        }
        return Optional.empty();
    }

    private static long size(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    }

    /** Ends watching; afterwards this interrupts nobody. */
    @Override
    public synchronized void close() {
        closed = true;
        watching.interrupt();
    }
}
