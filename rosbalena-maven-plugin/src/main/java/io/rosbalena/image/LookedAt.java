package io.rosbalena.image;

import io.rosbalena.tree.TreePath;

/**
 * Which files of a base later stages read: what describes the platform (configuration, dpkg's database, keyrings) and
 * the underlay's environment. Their contents are kept with the index, so that no build unpacks a base for them; any other
 * file can be read too, at the price of unpacking its layer.
 */
final class LookedAt {
    private static final long SMALL = 1 << 20;

    /** The status of the largest installations is a tenth of this. */
    private static final long LARGE = 64 << 20;

    private LookedAt() {}

    static boolean isKept(TreePath path, long size) {
        String text = path.text();
        if (text.startsWith("var/lib/dpkg/")) {
            return size <= LARGE;
        }
        return size <= SMALL
                && (text.startsWith("etc/")
                        || text.startsWith("usr/share/keyrings/")
                        || text.equals("usr/lib/os-release")
                        || (text.startsWith("opt/ros/") && isOfEnvironment(path)));
    }

    private static boolean isOfEnvironment(TreePath path) {
        String text = path.text();
        return text.endsWith(".dsv")
                || path.name().equals("package.xml")
                || text.contains("/share/ament_index/")
                || text.contains("/share/colcon-core/");
    }
}
