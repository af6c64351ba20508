package io.rosbalena.tree;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A set of entries with distinct paths. A tree need not hold the directories that its entries stand in; the root is
 * never an entry. Contents can be read until the tree is closed.
 */
public interface FileTree extends Closeable {
    /** All entries, sorted by {@link TreePath}; a hard link's target stands before it. */
    List<Entry> entries();

    @Override
    default void close() throws IOException {}
}
