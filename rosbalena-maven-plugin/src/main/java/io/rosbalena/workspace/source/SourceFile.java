package io.rosbalena.workspace.source;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.nio.file.Path;

/** One file or link of a package. */
public sealed interface SourceFile {
    /** Relative to the package's folder. */
    TreePath path();

    /** The file as an entry of root's with fixed mode and time. */
    Entry entry();

    /**
     * A regular file, or what a link out of the package leads to.
     *
     * @param executable whether its owner may execute it
     * @param size bytes
     * @param file where it is read
     */
    record Regular(TreePath path, boolean executable, long size, Digest content, Path file) implements SourceFile {
        @Override
        public Entry entry() {
            int mode = executable ? 0755 : 0644;
            return new Entry(
                    path, Entry.Kind.FILE, mode, 0, 0, Entry.EPOCH, "", size, new UnchangedContent(file, content));
        }
    }

    /**
     * A symbolic link that stays inside the package.
     *
     * @param target as written
     */
    record Link(TreePath path, String target) implements SourceFile {
        @Override
        public Entry entry() {
            return Entry.symlink(path, target);
        }
    }
}
