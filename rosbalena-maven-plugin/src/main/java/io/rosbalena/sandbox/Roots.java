package io.rosbalena.sandbox;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import io.rosbalena.store.StoreLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * Root directories on disk, kept under the digest of all that they are made from: {@code roots/<hex>/root}, and beside
 * it {@code manifest}, a {@link StatManifest}. Shared by all builds of this store; a root is never written to.
 *
 * <p>Nothing is synced to disk, since a root can be made again: after a power cut the manifest shows the loss. The folder
 * is closed to other users, since a root may hold set-user-id programs without today's security updates.
 */
public final class Roots {
    private final BlobStore store;
    private final Path folder;

    private Roots(BlobStore store) {
        this.store = store;
        this.folder = store.root().resolve("roots");
    }

    /** The roots of a store. */
    public static Roots in(BlobStore store) {
        return new Roots(store);
    }

    /**
     * The directory of a root, unpacked now if it is not there or no longer as it was unpacked.
     *
     * @param key digest of all that the root is made from
     * @param source writes the root as one tar archive; only called if it is needed. Owners are not kept: every file
     *     belongs to the calling user, whom each way into the root shows as uid 0
     * @throws io.rosbalena.finding.FindingException RB331 if it cannot be unpacked
     */
    public Path unpack(Digest key, TarSource source, Progress progress) throws IOException, InterruptedException {
        return unpack(key, source, root -> {}, progress);
    }

    /** Where a root stands once it is unpacked. */
    public Path directory(Digest key) {
        return folder.resolve(key.hex()).resolve("root");
    }

    /** What is still done in a root after it was unpacked, before anybody else sees it. */
    @FunctionalInterface
    public interface Finish {
        void accept(Path root) throws IOException, InterruptedException;
    }

    /**
     * The same for a root that is not finished when it is unpacked.
     *
     * @param finish changes the root; a pure function of its content
     */
    public Path unpack(Digest key, TarSource source, Finish finish, Progress progress)
            throws IOException, InterruptedException {
        Path home = folder.resolve(key.hex());
        Path root = directory(key);
        if (isWhole(home)) {
            store.markUsed(home);
            return root;
        }
        try (StoreLock lock = StoreLock.acquire(store, "root-" + key.hex())) {
            if (isWhole(home)) {
                return root;
            }
            if (Files.exists(home)) {
                progress.message("the root " + root + " was changed since it was unpacked: unpacking it again");
                DirectoryRemoval.remove(home);
            }
            removeAbandoned(key);
            make(key, source, finish, home);
        }
        return root;
    }

    private void make(Digest key, TarSource source, Finish finish, Path home) throws IOException, InterruptedException {
        Files.createDirectories(store.root());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path aside = Files.createDirectory(folder.resolve("." + key.hex() + "." + UUID.randomUUID()));
        try {
            Path root = Files.createDirectory(
                    aside.resolve("root"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Unpacking.unpack(source, root, List.of("--no-same-owner"));
            // The umask of the caller must not show inside.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            finish.accept(root);
            // Copies of the unfinished root, where finishing ran a program without mounts.
            DirectoryRemoval.remove(aside.resolve(PrivateCopy.FOLDER));
            Files.writeString(aside.resolve("manifest"), StatManifest.of(root).text());
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            store.grown();
        } finally {
            DirectoryRemoval.remove(aside);
        }
    }

    private static boolean isWhole(Path home) throws IOException, InterruptedException {
        Path manifest = home.resolve("manifest");
        return Files.isRegularFile(manifest)
                && Files.readString(manifest)
                        .equals(StatManifest.of(home.resolve("root")).text());
    }

    /** What a killed process left; nobody else writes under this key while its lock is held. */
    private void removeAbandoned(Digest key) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(folder, "." + key.hex() + ".*")) {
                for (Path each : abandoned) {
                    DirectoryRemoval.remove(each);
                }
            }
        }
    }
}
