package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.tree.FileNames;
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
import java.util.Optional;
import java.util.UUID;

/**
 * A copy of a root, made of hard links, for one command at a time. Copies stand in {@code copies} beside the root and are
 * used again. The lock goes with the process; a copy that a killed process left is made anew.
 */
final class PrivateCopy implements AutoCloseable {
    /** Name of the folder of copies, beside the root. */
    static final String FOLDER = "copies";

    private final Path home;
    private final FileChannel channel;

    private PrivateCopy(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Takes a copy of this root that nobody uses, or makes one. */
    static PrivateCopy acquire(Path root) throws IOException, InterruptedException {
        Path copies = Files.createDirectories(root.resolveSibling(FOLDER));
        List<Path> candidates = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(copies)) {
            stream.forEach(candidates::add);
        }
        candidates.add(Files.createDirectories(copies.resolve(UUID.randomUUID().toString())));
        for (Path home : candidates) {
            Optional<PrivateCopy> copy = lock(home);
            if (copy.isPresent()) {
                copy.get().prepare(root);
                return copy.get();
            }
        }
        throw new IOException("another process took the copy that was just made in " + copies);
    }

    private static Optional<PrivateCopy> lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new PrivateCopy(home, channel));
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: like another process.
        }
        channel.close();
        return Optional.empty();
    }

    /** The copy's root directory. */
    Path root() {
        return home.resolve("root");
    }

    private void prepare(Path original) throws IOException, InterruptedException {
        if (Files.exists(inUse()) || !Files.exists(root())) {
            DirectoryRemoval.remove(root());
            Files.deleteIfExists(inUse());
            Files.createFile(inUse());
            Copying.links(original, root());
        } else {
            Files.createFile(inUse());
        }
    }

    private Path inUse() {
        return home.resolve("in-use");
    }

    /**
     * Empties what a mount would have covered, forgets files that the command added elsewhere, and makes the copy ready
     * for the next command.
     *
     * @throws FindingException RB335 if the command changed or removed files of the root, which it shares with the original
     */
    void reset(Path original, StatManifest manifest, List<String> mountPoints)
            throws IOException, InterruptedException {
        boolean asBefore = true;
        for (String point : mountPoints) {
            Path place = root().resolve(point.substring(1));
            Path origin = original.resolve(point.substring(1));
            DirectoryRemoval.remove(place);
            Files.createDirectory(place);
            // With the sticky bit, which Java's permissions do not know.
            Files.setAttribute(place, "unix:mode", Files.getAttribute(origin, "unix:mode"));
            asBefore &= isEmpty(origin);
        }
        StatManifest now = StatManifest.of(root());
        List<String> changed = manifest.changedIn(
                now, mountPoints.stream().map(point -> point.substring(1)).toList());
        if (!changed.isEmpty()) {
            throw FindingException.environment(Finding.error(
                            "RB335",
                            "the command changed the root, which is read-only: /"
                                    + String.join(", /", changed.subList(0, Math.min(changed.size(), 10))))
                    .fix("Let it write to its build folder or to /tmp only."));
        }
        for (String added : manifest.addedIn(now)) {
            DirectoryRemoval.remove(FileNames.resolve(root(), added));
        }
        if (asBefore) {
            // Else the mark stays, and the copy is made anew.
            Files.delete(inUse());
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return !children.iterator().hasNext();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
