package io.rosbalena.robot.symbols;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.DebugFile;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.image.Layer;
import io.rosbalena.image.LayerKind;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.image.layer.LayerWriter;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.SharedResults;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All debug files of a workspace in one {@code .tar.gz}, below {@code usr/lib/debug}. It is written as the layers of images
 * are: the same files give the same bytes on every machine, and what did not change is not compressed again.
 */
public final class DebugArchive {
    private DebugArchive() {}

    /**
     * Writes the archive into the store, or looks it up; empty if nothing in the workspace was compiled to machine code.
     *
     * @param shared archives that others have written, which count, too
     */
    public static Optional<Layer> write(CompiledWorkspace workspace, BlobStore store, SharedResults shared)
            throws IOException {
        List<LayerPart> parts = parts(workspace, store);
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LayerWriter(store, shared).write(new LayerPlan(LayerKind.FILES, parts), Progress.SILENT));
    }

    /** One part for each package. Two packages may hold the same library; the first one's debug file serves both. */
    private static List<LayerPart> parts(CompiledWorkspace workspace, BlobStore store) {
        SortedMap<TreePath, DebugFile> all = new TreeMap<>();
        List<LayerPart> parts = new ArrayList<>();
        for (InstallTree tree : workspace.trees().values()) {
            SortedMap<TreePath, DebugFile> own = new TreeMap<>();
            for (DebugFile file : tree.debug()) {
                TreePath place = file.place(tree.packageName());
                if (all.putIfAbsent(place, file) == null) {
                    own.put(place, file);
                }
            }
            if (!own.isEmpty()) {
                parts.add(part(tree.packageName(), own, store));
            }
        }
        return parts;
    }

    private static LayerPart part(String packageName, SortedMap<TreePath, DebugFile> files, BlobStore store) {
        KeyBuilder key = new KeyBuilder().add("debug files of", packageName);
        files.forEach((place, file) -> key.add(place.text(), file.blob()));
        return new LayerPart(packageName, key.build(), () -> tree(files, store));
    }

    private static FileTree tree(SortedMap<TreePath, DebugFile> files, BlobStore store) {
        MemoryTree tree = new MemoryTree();
        for (Map.Entry<TreePath, DebugFile> file : files.entrySet()) {
            for (TreePath folder = file.getKey().parent(); !folder.isRoot(); folder = folder.parent()) {
                tree.put(Entry.directory(folder, 0755));
            }
            tree.put(new Entry(
                    file.getKey(),
                    Entry.Kind.FILE,
                    0644,
                    0,
                    0,
                    Entry.EPOCH,
                    "",
                    file.getValue().size(),
                    () -> store.read(file.getValue().blob())));
        }
        return tree;
    }
}
