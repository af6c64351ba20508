package io.rosbalena.image.layer;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.util.List;

/** A part that can be put into a layer: its files, or the pieces that a layer of the store has of them. */
sealed interface ReadyPart {
    /** The directories of the part, sorted; they stand before the files of all parts. */
    List<Entry> directories();

    /** Lets go of the files. */
    void close() throws IOException;

    /** Files of a source, open. */
    record Opened(FileTree tree, List<Entry> directories) implements ReadyPart {
        static Opened of(FileTree tree) {
            return new Opened(
                    tree, tree.entries().stream().filter(Entry::isDirectory).toList());
        }

        @Override
        public void close() throws IOException {
            tree.close();
        }
    }

    /** Pieces that were made before. */
    record Remembered(PackedPart part) implements ReadyPart {
        @Override
        public List<Entry> directories() {
            return part.directories();
        }

        @Override
        public void close() {}
    }
}
