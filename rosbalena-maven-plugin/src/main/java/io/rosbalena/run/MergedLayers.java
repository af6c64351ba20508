package io.rosbalena.run;

import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A copy of all layers of an image in one directory, for machines that refuse overlayfs. Layers stay untouched. */
final class MergedLayers extends SimpleFileVisitor<Path> {
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int KIND = 0xf000;

    private final Path target;
    // The topmost layer's directory for each one made. Modes are applied last and children first, since a directory may
    // forbid its owner to write or enter.
    private final Map<Path, Path> directories = new TreeMap<>(Comparator.reverseOrder());
    private Path layer;

    private MergedLayers(Path target) {
        this.target = target;
        this.layer = target;
    }

    /**
     * Copies layers over each other.
     *
     * @param layers directories made by {@link LayerDirs}, bottom first
     * @param target an empty directory
     */
    static void copy(List<Path> layers, Path target) throws IOException {
        MergedLayers merged = new MergedLayers(target);
        for (Path layer : layers) {
            merged.layer = layer;
            Files.walkFileTree(layer, merged);
        }
        for (Map.Entry<Path, Path> made : merged.directories.entrySet()) {
            if (Files.isDirectory(made.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                copyAttributes(made.getValue(), made.getKey());
            }
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
        Path to = place(from);
        if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS) || isOpaque(from)) {
            DirectoryRemoval.remove(to);
            Files.createDirectory(to);
        }
        directories.put(to, from);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
        Path to = place(from);
        DirectoryRemoval.remove(to);
        if (!isWhiteout(from, attributes)) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        return FileVisitResult.CONTINUE;
    }

    private Path place(Path from) {
        return target.resolve(layer.relativize(from));
    }

    private static boolean isWhiteout(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isOther()) {
            return false;
        }
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        long device = (Long) Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
        return (mode & KIND) == CHARACTER_DEVICE && device == 0;
    }

    private static boolean isOpaque(Path directory) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view != null && view.list().contains(OverlayArchive.OPAQUE);
    }

    /** Gives a directory owner, permissions and time of another. */
    static void copyAttributes(Path from, Path to) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
        if (Owners.areKept()) {
            Files.setAttribute(to, "unix:uid", Files.getAttribute(from, "unix:uid"));
            Files.setAttribute(to, "unix:gid", Files.getAttribute(from, "unix:gid"));
        }
        FileTime time = Files.getLastModifiedTime(from);
        Files.setPosixFilePermissions(to, permissions);
        Files.setLastModifiedTime(to, time);
    }
}
