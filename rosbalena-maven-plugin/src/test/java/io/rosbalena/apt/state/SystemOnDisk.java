package io.rosbalena.apt.state;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.PackageTree;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A system of packages and their state, laid out on disk with the real tar. */
final class SystemOnDisk {
    static final PlatformState EMPTY =
            new PlatformState(new MemoryTree(), Map.of(), new TreeSet<>(), new TreeMap<>(), List.of());

    private SystemOnDisk() {}

    /** Writes the system into a new folder, with its owners: for root alone. */
    static Path write(Path root, List<Path> debs, PlatformState state) throws IOException {
        Path archive = root.resolveSibling(root.getFileName() + ".tar");
        Set<TreePath> directories = new HashSet<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            TarWriter tar = new TarWriter(out);
            for (Path deb : debs) {
                try (DebFile file = DebFile.open(deb);
                        FileTree tree = PackageTree.of(
                                file, state.placement(file.control().packageName()))) {
                    write(tree, tar, directories);
                }
            }
            write(state.tree(), tar, directories);
            tar.finish();
        }
        Files.createDirectory(root);
        RealTool.run(root, "tar", "-xpf", archive.toString(), "--numeric-owner");
        Files.delete(archive);
        return root;
    }

    private static void write(FileTree tree, TarWriter tar, Set<TreePath> directories) throws IOException {
        for (Entry entry : tree.entries()) {
            if (!entry.isDirectory() || directories.add(entry.path())) {
                tar.write(entry);
            }
        }
    }
}
