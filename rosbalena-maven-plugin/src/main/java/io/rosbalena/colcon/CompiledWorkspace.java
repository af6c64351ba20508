package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of a workspace.
 *
 * @param trees what each package gave, by name
 * @param compiled names of those that were compiled now; the others came from the store
 */
public record CompiledWorkspace(SortedMap<String, InstallTree> trees, Set<String> compiled) {
    public CompiledWorkspace {
        trees = Collections.unmodifiableSortedMap(new TreeMap<>(trees));
        compiled = Set.copyOf(compiled);
    }

    /** The parts of these results that a robot needs. */
    public CompiledWorkspace runtime() {
        SortedMap<String, InstallTree> kept = new TreeMap<>();
        trees.forEach((name, tree) -> kept.put(name, RuntimeTree.of(tree)));
        return new CompiledWorkspace(kept, compiled);
    }

    /**
     * What stands in {@code /ros2_ws/install} itself: {@code setup.bash}, {@code setup.sh} and what they read. The same
     * for every set of packages, so it never makes two images differ.
     */
    public FileTree setup(BlobStore store) {
        List<InstalledFile> files = trees.values().stream()
                .limit(1)
                .flatMap(tree -> tree.setup().stream())
                .toList();
        return files.isEmpty() ? new MemoryTree() : InstallTree.tree(files, InstallTree.INSTALL, store);
    }
}
