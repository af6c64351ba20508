package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;

/**
 * A file, link or directory that an install step left. Owner, time and all of the mode but "executable" are dropped:
 * they depend on who compiles, and when.
 */
public sealed interface InstalledFile {
    /** Where it stands, relative to its package's install folder. */
    TreePath path();

    /** As an entry of root with the constant time, at another place. */
    Entry entry(TreePath at, BlobStore store);

    /** Words that are the same for two files that are the same. */
    String identity();

    /**
     * @param path relative to the package's install folder
     * @param executable whether it has mode 755 instead of 644
     * @param blob its content
     * @param size bytes
     */
    record Regular(TreePath path, boolean executable, Digest blob, long size) implements InstalledFile {
        @Override
        public Entry entry(TreePath at, BlobStore store) {
            return new Entry(
                    at, Entry.Kind.FILE, executable ? 0755 : 0644, 0, 0, Entry.EPOCH, "", size, () -> store.read(blob));
        }

        @Override
        public String identity() {
            return (executable ? "x " : "f ") + path + " " + blob.hex();
        }
    }

    /**
     * @param path relative to the package's install folder
     * @param target the link's text
     */
    record Link(TreePath path, String target) implements InstalledFile {
        @Override
        public Entry entry(TreePath at, BlobStore store) {
            return Entry.symlink(at, target);
        }

        @Override
        public String identity() {
            return "l " + path + " " + target;
        }
    }

    /** @param path relative to the package's install folder */
    record Directory(TreePath path) implements InstalledFile {
        @Override
        public Entry entry(TreePath at, BlobStore store) {
            return Entry.directory(at, 0755);
        }

        @Override
        public String identity() {
            return "d " + path;
        }
    }
}
