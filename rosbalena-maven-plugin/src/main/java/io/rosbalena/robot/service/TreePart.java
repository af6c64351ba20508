package io.rosbalena.robot.service;

import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;

/** A small generated tree as a part of a layer, known by its content. */
public final class TreePart {
    private TreePart() {}

    /**
     * The part of a tree.
     *
     * @param label what it is called among the things that a layer holds; a part of its key
     */
    public static LayerPart of(String label, FileTree tree) throws IOException {
        KeyBuilder key = new KeyBuilder().add("tree", label);
        for (Entry entry : tree.entries()) {
            key.add("path", entry.path().text())
                    .add("kind", entry.kind().name())
                    .add("mode", entry.mode())
                    .add("uid", entry.uid())
                    .add("gid", entry.gid())
                    .add("mtime", entry.mtime())
                    .add("target", entry.target());
            if (entry.isFile()) {
                try (InputStream in = entry.content().open()) {
                    key.add("content", Digest.of(in));
                }
            }
        }
        return new LayerPart(label, key.build(), () -> tree);
    }
}
