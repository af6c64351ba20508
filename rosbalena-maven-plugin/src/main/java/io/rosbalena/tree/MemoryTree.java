package io.rosbalena.tree;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of entries put together one by one; also what a stage generates. */
public final class MemoryTree implements FileTree {
    private final Map<TreePath, Entry> entries = new TreeMap<>();

    /** A tree of these entries. */
    public static MemoryTree of(Collection<Entry> entries) {
        MemoryTree tree = new MemoryTree();
        entries.forEach(tree::put);
        return tree;
    }

    /** Adds an entry, replacing the one at its path. */
    public MemoryTree put(Entry entry) {
        if (entry.path().isRoot()) {
            throw new IllegalArgumentException("the root is never an entry");
        }
        entries.put(entry.path(), entry);
        return this;
    }

    /** Adds a file of root with the constant time. */
    public MemoryTree file(String path, int mode, byte[] bytes) {
        return put(Entry.file(TreePath.parse(path), mode, bytes));
    }

    public MemoryTree directory(String path, int mode) {
        return put(Entry.directory(TreePath.parse(path), mode));
    }

    public MemoryTree symlink(String path, String target) {
        return put(Entry.symlink(TreePath.parse(path), target));
    }

    public Optional<Entry> find(TreePath path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
