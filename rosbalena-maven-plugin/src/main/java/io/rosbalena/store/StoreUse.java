package io.rosbalena.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Says that somebody uses a store: nothing is taken out of it until this is closed, or until the process has ended,
 * however it ends. Held by each goal for its whole time; any number hold it at once.
 */
public final class StoreUse implements AutoCloseable {
    // A process must not open the lock file of another user of its own: closing it again would release that lock
    // (fcntl).
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L);

    private final Path file;
    private final FileChannel channel;

    private StoreUse(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Begins to use a store; waits while things are taken out of it. */
    public static StoreUse begin(BlobStore store) throws IOException {
        try (StoreLock gate = StoreLock.acquire(store, "use")) {
            Path file = Files.createDirectories(users(store)).resolve(PROCESS + "-" + UUID.randomUUID());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            return new StoreUse(file, channel);
        }
    }

    /**
     * Shuts a store: until the result is closed, {@link #begin} waits.
     *
     * @return nothing if somebody uses the store
     */
    static Optional<StoreLock> shut(BlobStore store) throws IOException {
        StoreLock gate = StoreLock.acquire(store, "use");
        boolean used = true;
        try {
            used = isUsed(store);
            return used ? Optional.empty() : Optional.of(gate);
        } finally {
            if (used) {
                gate.close();
            }
        }
    }

    private static boolean isUsed(BlobStore store) throws IOException {
        List<Path> users = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Files.createDirectories(users(store)))) {
            files.forEach(users::add);
        }
        for (Path user : users) {
            if (user.getFileName().toString().startsWith(PROCESS + "-") || isAlive(user)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its process still holds the lock; what a killed one left is removed. */
    private static boolean isAlive(Path user) throws IOException {
        try (FileChannel channel = FileChannel.open(user, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free == null) {
                return true;
            }
            Files.delete(user);
            return false;
        }
    }

    private static Path users(BlobStore store) {
        return store.root().resolve("locks").resolve("users");
    }

    @Override
    public void close() throws IOException {
        try {
            Files.delete(file);
        } finally {
            channel.close();
        }
    }
}
