package io.rosbalena.apt.deb;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.TreePath;
import io.rosbalena.tree.Whiteout;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Refuses the entries with which an archive could reach what is not its own. */
final class SafeEntries {
    private SafeEntries() {}

    /**
     * Checks one package's entries.
     *
     * @throws MalformedArchiveException if a symbolic link climbs above the root, or an entry stands below a link or file,
     *     or a name would be a whiteout
     */
    static void check(Map<TreePath, Entry> entries) throws MalformedArchiveException {
        Set<TreePath> seen = new HashSet<>();
        for (Entry entry : entries.values()) {
            if (Whiteout.isNamedLikeOne(entry.path())) {
                throw new MalformedArchiveException(
                        "/" + entry.path() + " would hide another file, were it in a layer of an image");
            }
            if (entry.isSymlink() && leaves(entry.path().parent(), entry.target())) {
                throw new MalformedArchiveException(
                        "the link /" + entry.path() + " leaves the root: \"" + entry.target() + "\"");
            }
            // What stands above a directory that was seen was seen, too.
            for (TreePath parent = entry.path().parent();
                    !parent.isRoot() && seen.add(parent);
                    parent = parent.parent()) {
                Entry above = entries.get(parent);
                if (above != null && !above.isDirectory()) {
                    throw new MalformedArchiveException(
                            "/" + entry.path() + " stands below /" + parent + ", which is no directory");
                }
            }
        }
    }

    private static boolean leaves(TreePath directory, String target) {
        int depth = target.startsWith("/") ? 0 : directory.components().size();
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
