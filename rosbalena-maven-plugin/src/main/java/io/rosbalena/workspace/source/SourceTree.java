package io.rosbalena.workspace.source;

import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that make up a package: what its compilation may see of it, and nothing else.
 *
 * @param files sorted by path
 */
public record SourceTree(List<SourceFile> files) implements FileTree {
    public SourceTree {
        files = files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
    }

    /** Digest over path, executable bit and content of every file and over path and target of every link. */
    public Digest digest() {
        KeyBuilder key = new KeyBuilder().add("source-tree", 1);
        for (SourceFile file : files) {
            String path = file.path().text();
            if (file instanceof SourceFile.Regular regular) {
                key.add(regular.executable() ? "executable" : "file", path).add("content", regular.content());
            } else if (file instanceof SourceFile.Link link) {
                key.add("link", path).add("target", link.target());
            }
        }
        return key.build();
    }

    /** Bytes of all files. */
    public long size() {
        return files.stream().mapToLong(file -> file.entry().size()).sum();
    }

    /** The files and links with the directories that they stand in, all of root with fixed modes and time. */
    @Override
    public List<Entry> entries() {
        Map<TreePath, Entry> entries = new TreeMap<>();
        for (SourceFile file : files) {
            entries.put(file.path(), file.entry());
            for (TreePath folder = file.path().parent(); !folder.isRoot(); folder = folder.parent()) {
                entries.putIfAbsent(folder, Entry.directory(folder, 0755));
            }
        }
        return List.copyOf(entries.values());
    }
}
