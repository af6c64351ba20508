package io.rosbalena.environment;

import io.rosbalena.tree.TreePath;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Follows links inside a file system that is not this machine's, so that no link leads out of it. */
final class PathResolution {
    /** As many links as Linux follows in one path, see {@code path_resolution(7)}. */
    private static final int MAX_LINKS = 40;

    /** Knows what stands where, without following links. */
    interface Places {
        boolean exists(TreePath path);

        /** The text of a symbolic link; empty if something else stands there. */
        Optional<String> link(TreePath path);
    }

    private PathResolution() {}

    /** The place that a path leads to; empty if nothing is there. */
    static Optional<TreePath> resolve(String path, Places places) {
        Deque<String> rest = new ArrayDeque<>(parts(path));
        TreePath here = TreePath.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                here = here.parent();
                continue;
            }
            TreePath next = here.resolve(part);
            if (!places.exists(next)) {
                return Optional.empty();
            }
            Optional<String> target = places.link(next);
            if (target.isEmpty()) {
                here = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                return Optional.empty();
            }
            List<String> parts = parts(target.get());
            for (int i = parts.size() - 1; i >= 0; i--) {
                rest.push(parts.get(i));
            }
            if (target.get().startsWith("/")) {
                here = TreePath.ROOT;
            }
        }
        return Optional.of(here);
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
