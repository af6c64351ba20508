package io.rosbalena.tree;

import java.util.Collection;

/**
 * What a layer holds to hide a path of the layers below it (OCI image-spec {@code layer.md}): an empty file beside it
 * whose name begins with {@code .wh.}.
 */
public final class Whiteout {
    static final String PREFIX = ".wh.";

    private Whiteout() {}

    /** Whether engines would take a file of this name for a whiteout. */
    public static boolean isNamedLikeOne(TreePath path) {
        return path.name().startsWith(PREFIX);
    }

    /** The entry that hides a path and all below it. */
    public static Entry of(TreePath hidden) {
        return Entry.file(hidden.parent().resolve(PREFIX + hidden.name()), 0, new byte[0]);
    }

    /** A tree with whiteouts for these paths. */
    public static FileTree with(FileTree tree, Collection<TreePath> hidden) {
        if (hidden.isEmpty()) {
            return tree;
        }
        MemoryTree all = MemoryTree.of(tree.entries());
        hidden.forEach(path -> all.put(of(path)));
        return all;
    }
}
