package io.rosbalena.lock;

import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A lock as it stands in its file. */
public final class LockFile {
    private final Lock lock;
    private final byte[] content;

    private LockFile(Lock lock, byte[] content) {
        this.lock = lock;
        this.content = content;
    }

    /**
     * Reads a file if it is there.
     *
     * @param shown its name in messages
     * @throws io.rosbalena.finding.FindingException as {@link LockReader#read} does
     */
    public static Optional<LockFile> read(Path file, String shown) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        return Optional.of(new LockFile(LockReader.read(shown, content), content));
    }

    /** The file that {@link #write} makes of a lock. */
    public static LockFile of(Lock lock) {
        return new LockFile(lock, LockWriter.write(lock));
    }

    /**
     * Writes a lock, unless the file is as it should be.
     *
     * @return whether it was written
     */
    public static boolean write(Path file, Lock lock) throws IOException {
        return AtomicFile.writeIfChanged(file, LockWriter.write(lock));
    }

    /** What the file says. */
    public Lock lock() {
        return lock;
    }

    /** SHA-256 of the file's bytes: computed at each call, since not every goal asks. */
    public Digest digest() {
        return Digest.of(content);
    }
}
