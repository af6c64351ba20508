package io.rosbalena.colcon;

import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file system in memory, which lists a folder in the order in which it was written, unlike those of disks. A killed process
 * leaves its folders there; the next one removes them, told by the lock that went with the process.
 */
final class MemoryDisk {
    private static final Path DISK = Path.of("/dev/shm");
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final String PREFIX = "rosbalena-";
    private static final String LOCK = "lock";
    private static final long LEFT_FREE = 64L << 20;

    private static Optional<Path> home = Optional.empty();

    private MemoryDisk() {}

    /**
     * A new empty folder for this user alone.
     *
     * @param bytes how much it is to hold
     * @return nothing if there is no such file system, or no room, or if scripts that stand there cannot be run
     */
    static synchronized Optional<Path> folder(long bytes) throws IOException {
        if (!Files.isWritable(DISK)
                || !isOfUse()
                || Files.getFileStore(DISK).getUsableSpace() < 2 * bytes + LEFT_FREE) {
            return Optional.empty();
        }
        Path own = home();
        removeAbandoned(own);
        return Optional.of(Files.createTempDirectory(own, "sources-"));
    }

    private static boolean isOfUse() throws IOException {
        if (!Files.isReadable(MOUNTS)) {
            return false;
        }
        for (String line : Files.readAllLines(MOUNTS, StandardCharsets.UTF_8)) {
            String[] fields = line.split(" ", -1);
            if (fields.length > 3
                    && fields[1].equals(DISK.toString())
                    && fields[2].equals("tmpfs")
                    && !List.of(fields[3].split(",", -1)).contains("noexec")) {
                return true;
            }
        }
        return false;
    }

    /** This process's folder. */
    private static Path home() throws IOException {
        if (home.filter(Files::isDirectory).isPresent()) {
            return home.get();
        }
        Path made = Files.createTempDirectory(DISK, PREFIX);
        made.toFile().deleteOnExit();
        Path lock = made.resolve("being-locked");
        // Never closed: the process ends it.
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IOException("another process took the folder that was just made: " + made);
        }
        // Only now others look at it.
        Path seen = Files.move(lock, made.resolve(LOCK));
        seen.toFile().deleteOnExit();
        home = Optional.of(made);
        return made;
    }

    private static void removeAbandoned(Path own) throws IOException {
        Object user = user(own);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(DISK, PREFIX + "*")) {
            for (Path folder : folders) {
                Path lock = folder.resolve(LOCK);
                if (!folder.equals(own)
                        && user(folder).equals(user)
                        && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
                        && isFree(lock)) {
                    DirectoryRemoval.remove(folder);
                }
            }
        }
    }

    private static Object user(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFree(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: like another process.
            return false;
        }
    }
}
