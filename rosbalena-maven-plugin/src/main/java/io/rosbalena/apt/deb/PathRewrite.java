package io.rosbalena.apt.deb;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.util.Set;

/**
 * Where a path of a package really stands in a root, whose top directories may be links: dpkg follows them when it
 * unpacks, an image layer must name the place itself, or it would put a directory over the link.
 */
@FunctionalInterface
public interface PathRewrite {
    /** Every directory where its package says. */
    PathRewrite NONE = path -> path;

    /**
     * The links of a Debian system that we assemble ourselves: a merged {@code /usr} ({@code bin}, {@code sbin}, {@code
     * lib*} lead into {@code usr}), {@code var/run} and {@code var/lock} in {@code run}.
     */
    PathRewrite DEBIAN = new PathRewrite() {
        private static final Set<String> MERGED = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libo32", "libx32");
        private static final TreePath RUN = TreePath.parse("var/run");
        private static final TreePath LOCK = TreePath.parse("var/lock");

        @Override
        public TreePath apply(TreePath path) {
            int slash = path.text().indexOf('/');
            String top = slash < 0 ? path.text() : path.text().substring(0, slash);
            if (MERGED.contains(top)) {
                return new TreePath("usr/" + path.text());
            }
            if (path.startsWith(RUN)) {
                return new TreePath("run" + path.text().substring(RUN.text().length()));
            }
            return path.startsWith(LOCK)
                    ? new TreePath(
                            "run/lock" + path.text().substring(LOCK.text().length()))
                    : path;
        }
    };

    /** Where this directory or what stands in it really stands. */
    TreePath apply(TreePath path);

    /** Where an entry of a package goes: a directory is followed through links, anything else only its parent. */
    default TreePath place(Entry entry) {
        return entry.isDirectory() ? apply(entry.path()) : place(entry.path());
    }

    /** Where something that is no directory goes. */
    default TreePath place(TreePath path) {
        TreePath parent = path.parent();
        TreePath placed = apply(parent);
        return placed.equals(parent) ? path : placed.resolve(path.name());
    }
}
