package io.rosbalena.robot.symbols;

import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.LayeredView;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import io.rosbalena.tree.TreePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A folder that a debugger takes for the root of the robot: the files that a process had mapped, the links that lead to
 * them, and debug files below {@code usr/lib/debug}.
 */
final class DebugRoot {
    private static final List<String> MERGED = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private final Path folder;

    private DebugRoot(Path folder) {
        this.folder = folder;
    }

    /** An empty one. */
    static DebugRoot create(Path folder) throws IOException {
        DirectoryRemoval.remove(folder);
        Files.createDirectories(folder);
        return new DebugRoot(folder);
    }

    Path folder() {
        return folder;
    }

    /** Where something stands on this machine. */
    Path path(TreePath place) {
        return folder.resolve(place.text());
    }

    /**
     * Takes those of an archive's files that are wanted.
     *
     * @return the places that it had
     * @throws IOException if the archive does not read
     */
    Set<TreePath> unpack(Path archive, Set<TreePath> wanted) throws IOException {
        Set<TreePath> found = new TreeSet<>();
        try (InputStream in =
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
            TarReader tar = new TarReader(in);
            for (Optional<TarHeader> header = tar.next(); header.isPresent(); header = tar.next()) {
                TreePath place = header.get().path();
                if (header.get().type() == TarHeader.Type.FILE && wanted.contains(place) && found.add(place)) {
                    write(place, tar.content());
                }
            }
        }
        return found;
    }

    /**
     * Copies files of an image, then the links by which programs name them. The links lead to the copies whatever they
     * said in the image, so none leads out of the folder.
     *
     * @param files regular files of the view
     */
    void copy(LayeredView view, Collection<Entry> files) throws IOException {
        Set<TreePath> copied = new TreeSet<>();
        for (Entry file : files) {
            if (copied.add(file.path())) {
                try (InputStream in = file.content().open()) {
                    write(file.path(), in);
                }
            }
        }
        for (Entry link : view.entries()) {
            if (link.kind() == Entry.Kind.SYMLINK) {
                Optional<TreePath> target =
                        view.find(link.path().absolute()).map(Entry::path).filter(copied::contains);
                if (target.isPresent()) {
                    link(link.path(), target.get());
                }
            }
        }
        for (String name : MERGED) {
            Optional<Entry> target = view.find("/" + name).filter(Entry::isDirectory);
            if (target.isPresent() && !target.get().path().text().equals(name)) {
                link(new TreePath(name), target.get().path());
            }
        }
    }

    private void link(TreePath place, TreePath target) throws IOException {
        Path link = path(place);
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(link.resolveSibling(""));
            Files.createSymbolicLink(link, link.resolveSibling("").relativize(path(target)));
        }
    }

    private void write(TreePath place, InputStream content) throws IOException {
        Path file = path(place);
        Files.createDirectories(file.resolveSibling(""));
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
