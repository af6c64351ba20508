package io.rosbalena.apt.state;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;

/**
 * One entry of a package without its content, at the path that the package gives it.
 *
 * @param path where it stands
 * @param kind what it is
 * @param mode permission bits
 * @param uid numeric owner
 * @param gid numeric group
 * @param size bytes of content
 * @param target of a link, see {@link Entry#target}
 */
public record FileFact(TreePath path, Entry.Kind kind, int mode, long uid, long gid, long size, String target) {
    /** What an entry of a package or of a base tells. */
    public static FileFact of(Entry entry) {
        return new FileFact(
                entry.path(), entry.kind(), entry.mode(), entry.uid(), entry.gid(), entry.size(), entry.target());
    }

    FileFact at(TreePath other) {
        return new FileFact(other, kind, mode, uid, gid, size, target);
    }
}
