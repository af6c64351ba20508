package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What compiling one package gave: its folder {@code /ros2_ws/install/<package>}, with contents in the store.
 *
 * @param packageName the package
 * @param files what stands in the folder, sorted by path
 * @param debug what was stripped from the programs and libraries among the files; on no robot, and in no digest
 * @param setup what colcon wrote into {@code /ros2_ws/install} itself; the same for every package of a root
 * @param interfaceDigest changes when a package that is compiled against this one could come out differently
 * @param environmentDigest changes when one of this package's environment hooks does
 */
public record InstallTree(
        String packageName,
        List<InstalledFile> files,
        List<DebugFile> debug,
        List<InstalledFile> setup,
        Digest interfaceDigest,
        Digest environmentDigest) {

    /** Where all results stand, in the build root and on the robot. */
    public static final TreePath INSTALL = TreePath.parse("ros2_ws/install");

    public InstallTree {
        files = List.copyOf(files);
        debug = List.copyOf(debug);
        setup = List.copyOf(setup);
    }

    /** Digest of the whole folder: paths, contents, links, executable bits. */
    public Digest contentDigest() {
        return new KeyBuilder()
                .add("files", files.stream().map(InstalledFile::identity).toList())
                .build();
    }

    /** The package's folder. */
    public TreePath folder() {
        return INSTALL.resolve(packageName);
    }

    /** Everything in the package's folder, as it stands on the robot. */
    public FileTree tree(BlobStore store) {
        return tree(files, folder(), store);
    }

    static FileTree tree(List<InstalledFile> files, TreePath folder, BlobStore store) {
        MemoryTree tree = new MemoryTree();
        files.forEach(file -> tree.put(file.entry(folder.resolve(file.path().text()), store)));
        return tree;
    }

    /** The contents that must be in the store, with their sizes. */
    SortedMap<Digest, Long> blobs() {
        SortedMap<Digest, Long> blobs = new TreeMap<>();
        debug.forEach(file -> blobs.put(file.blob(), file.size()));
        for (List<InstalledFile> list : List.of(files, setup)) {
            for (InstalledFile file : list) {
                if (file instanceof InstalledFile.Regular regular) {
                    blobs.put(regular.blob(), regular.size());
                }
            }
        }
        return blobs;
    }
}
