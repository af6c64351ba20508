package io.rosbalena.colcon;

import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The part of a result that a robot needs. Left out is what only a compile of other packages reads (headers, static
 * libraries, CMake and pkg-config files) and setup scripts of shells that no image has. Sourcing {@code setup.bash} on
 * the rest gives the same environment as on the whole.
 */
public final class RuntimeTree {
    private static final Pattern LEFT_OUT = Pattern.compile("include(/.*)?"
            + "|lib/([^/]+/)?[^/]+\\.l?a"
            + "|(lib|share)/(cmake|pkgconfig)(/.*)?"
            + "|share/[^/]+/cmake(/.*)?"
            + "|(.*/)?[^/]+\\.egg-info/SOURCES\\.txt"
            + "|(.*/)?(local_setup|package|setup|[^/]*/(environment|hook)/[^/]+)\\.(zsh|ps1|bat|fish)");

    private RuntimeTree() {}

    /** The result of the same package without what is left out, and without directories that are empty by that. */
    public static InstallTree of(InstallTree tree) {
        List<InstalledFile> kept =
                tree.files().stream().filter(RuntimeTree::isKept).toList();
        Set<TreePath> emptied = emptied(tree, kept);
        return new InstallTree(
                tree.packageName(),
                kept.stream().filter(file -> !emptied.contains(file.path())).toList(),
                tree.debug(),
                tree.setup().stream().filter(RuntimeTree::isKept).toList(),
                tree.interfaceDigest(),
                tree.environmentDigest());
    }

    static boolean isKept(InstalledFile file) {
        return isKept(file.path());
    }

    /** Whether what stands at this place of a package's folder reaches a robot. */
    static boolean isKept(TreePath path) {
        return !LEFT_OUT.matcher(path.text()).matches();
    }

    private static Set<TreePath> emptied(InstallTree tree, List<InstalledFile> kept) {
        Set<TreePath> before = parents(tree.files());
        Set<TreePath> after = parents(kept.stream()
                .filter(file -> !(file instanceof InstalledFile.Directory) || !before.contains(file.path()))
                .toList());
        Set<TreePath> emptied = new TreeSet<>(before);
        emptied.removeAll(after);
        return emptied;
    }

    /** Every directory that some file stands in, at any depth. */
    private static Set<TreePath> parents(List<InstalledFile> files) {
        Set<TreePath> parents = new TreeSet<>();
        for (InstalledFile file : files) {
            TreePath parent = file.path().parent();
            while (!parent.isRoot() && parents.add(parent)) {
                parent = parent.parent();
            }
        }
        return parents;
    }
}
