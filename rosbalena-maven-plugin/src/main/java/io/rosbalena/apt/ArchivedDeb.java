package io.rosbalena.apt;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.TreePath;

/**
 * Where a package's {@code .deb} lies and what its bytes must be.
 *
 * @param archive the archive
 * @param filename path below the archive's root, as {@code Filename} of the index gives it
 * @param size bytes
 * @param sha256 digest of the bytes
 */
public record ArchivedDeb(ArchiveId archive, String filename, long size, Digest sha256) {

    public ArchivedDeb {
        if (size < 0) {
            throw new IllegalArgumentException("negative size of " + filename);
        }
        if (TreePath.parse(filename).isRoot()) {
            throw new IllegalArgumentException("not a file name: \"" + filename + "\"");
        }
    }
}
