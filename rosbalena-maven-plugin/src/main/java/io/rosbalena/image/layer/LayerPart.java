package io.rosbalena.image.layer;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.FileTree;
import java.io.IOException;

/**
 * A part of a layer: the files of one package.
 *
 * @param label what a report calls it, for example {@code libc6 2.36-9}
 * @param key digest of everything that its files depend on; two parts with the same key have the same files
 * @param source makes the files; not called while the part's bytes are remembered
 */
public record LayerPart(String label, Digest key, Source source) {
    /** Where the files come from. */
    @FunctionalInterface
    public interface Source {
        /**
         * Opens the files, whose contents are read on any thread until they are closed. Called by any thread, at the same
         * time as other sources.
         */
        FileTree open() throws IOException;
    }
}
