package io.rosbalena.run;

import io.airlift.compress.zstd.ZstdInputStream;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.sandbox.Unpacking;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import io.rosbalena.store.StoreLock;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.TreePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * Layers as directories that overlayfs can stack: {@code layers/<diffId>} in the store, complete or absent, shared by all
 * services and runs. The folder is closed to other users, since a layer may hold set-user-id programs.
 */
final class LayerDirs {
    private final BlobStore store;
    private final LayerBlobs blobs;
    private final Path folder;

    LayerDirs(BlobStore store, LayerBlobs blobs) {
        this.store = store;
        this.blobs = blobs;
        this.folder = store.root().resolve("layers");
    }

    /**
     * The directory of a layer, unpacked now if it is not there.
     *
     * @throws FindingException RB552 if the layer is not the one that was promised, or cannot be unpacked here
     */
    Path unpack(ServiceLayer layer, Progress progress) throws IOException, InterruptedException {
        Path home = folder.resolve(layer.diffId().hex());
        if (Files.isDirectory(home)) {
            store.markUsed(home);
            return home;
        }
        try (StoreLock lock = StoreLock.acquire(store, "layer-" + layer.diffId().hex())) {
            if (!Files.isDirectory(home)) {
                progress.message("unpacking layer " + layer.diffId().hex().substring(0, 12));
                make(layer, home, progress);
            }
        }
        return home;
    }

    private void make(ServiceLayer layer, Path home, Progress progress) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        removeAbandoned(layer.diffId());
        Path aside = Files.createDirectory(folder.resolve("." + layer.diffId().hex() + "." + UUID.randomUUID()));
        try {
            List<OverlayArchive.Summary> found = new ArrayList<>();
            Unpacking.unpack(
                    out -> {
                        try (InputStream stored = new BufferedInputStream(blobs.open(layer.blob()), 1 << 16)) {
                            MessageDigest sha = Digest.start();
                            found.add(OverlayArchive.rewrite(new DigestInputStream(decompressed(stored), sha), out));
                            check(layer, Digest.from(sha));
                        }
                    },
                    aside,
                    List.of(
                            Owners.areKept() ? "--same-owner" : "--no-same-owner",
                            "--xattrs",
                            "--xattrs-include=user.overlay.*"));
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
            OverlayArchive.Summary summary = found.get(0);
            checkOpaque(aside, summary.opaque());
            if (summary.devices() > 0) {
                progress.message("layer " + layer.diffId().hex().substring(0, 12) + " holds " + summary.devices()
                        + " device nodes, which are left out");
            }
            // A power cut must not leave a directory that looks complete: nobody checks its files at each start.
            sync(aside);
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            store.grown();
        } finally {
            DirectoryRemoval.remove(aside);
        }
    }

    private static InputStream decompressed(InputStream stored) throws IOException {
        stored.mark(4);
        byte[] magic = stored.readNBytes(4);
        stored.reset();
        if (magic.length > 1 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return new BufferedInputStream(new GZIPInputStream(stored, 1 << 16), 1 << 16);
        }
        if (magic.length == 4 && magic[0] == 0x28 && (magic[1] & 0xff) == 0xb5) {
            return new BufferedInputStream(new ZstdInputStream(stored), 1 << 16);
        }
        return stored;
    }

    private static void check(ServiceLayer layer, Digest found) {
        if (!found.equals(layer.diffId())) {
            throw FindingException.environment(
                    Finding.error("RB552", "layer " + layer.blob() + " holds " + found + ", not " + layer.diffId())
                            .fix("Build again: mvn rosbalena:build."));
        }
    }

    private static void checkOpaque(Path directory, List<TreePath> opaque) throws IOException {
        for (TreePath path : opaque) {
            Path place = FileNames.resolve(directory, path.text());
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(place, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view == null || !view.list().contains(OverlayArchive.OPAQUE)) {
                throw FindingException.environment(Finding.error(
                                "RB552",
                                "the file system of " + directory.getParent()
                                        + " keeps no extended attributes, which this layer needs")
                        .fix("Set -Drosbalena.store to a folder on ext4, xfs or btrfs."));
            }
        }
    }

    private static void sync(Path directory) throws IOException, InterruptedException {
        Process sync = new ProcessBuilder(
                        Tool.require("sync", "coreutils").toString(), "--file-system", directory.toString())
                .inheritIO()
                .start();
        try {
            sync.waitFor();
        } finally {
            sync.destroyForcibly();
        }
    }

    private void removeAbandoned(Digest diffId) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "." + diffId.hex() + ".*")) {
            stream.forEach(abandoned::add);
        }
        for (Path each : abandoned) {
            DirectoryRemoval.remove(each);
        }
    }
}
