package io.rosbalena.run;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.StoreLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where the services of one run write what is not in a volume: {@code runs/<uuid>} in the store, removed at the end. What
 * a killed run left is removed by the next.
 */
final class RunFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static RunFolder create(BlobStore store) throws IOException {
        Path runs = Files.createDirectories(store.root().resolve("runs"));
        try (StoreLock alone = StoreLock.acquire(store, "runs")) {
            removeAbandoned(runs);
            Path path = Files.createDirectory(runs.resolve(UUID.randomUUID().toString()));
            FileChannel channel = open(path);
            channel.lock();
            return new RunFolder(path, channel);
        }
    }

    /** The folder of one service, made empty. */
    Path of(String service) throws IOException {
        return Files.createDirectories(path.resolve("service-" + service));
    }

    /** Removes it; a second call does nothing, and waits for the first. */
    @Override
    public synchronized void close() throws IOException {
        try {
            DirectoryRemoval.remove(path);
        } finally {
            lock.close();
        }
    }

    private static FileChannel open(Path run) throws IOException {
        return FileChannel.open(run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeAbandoned(Path runs) throws IOException {
        List<Path> candidates = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(runs)) {
            stream.forEach(candidates::add);
        }
        for (Path run : candidates) {
            removeIfFree(run);
        }
    }

    private static void removeIfFree(Path run) throws IOException {
        try (FileChannel channel = open(run)) {
            FileLock free = channel.tryLock();
            if (free != null) {
                DirectoryRemoval.remove(run);
            }
        } catch (OverlappingFileLockException e) {
            // A run of this process.
        }
    }
}
