package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What upgraded packages had and have no longer. */
final class OldFiles {
    private final Unpacking unpacking;
    private final BaseFiles base;
    private final TreeSet<TreePath> directories = new TreeSet<>();

    OldFiles(Unpacking unpacking) {
        this.unpacking = unpacking;
        this.base = unpacking.input().base();
    }

    /** Takes away the files of the version before, from the last to the first, and what dpkg knew of it. */
    void leave(UnpackedPackage one) throws IOException {
        if (one.old().isEmpty()) {
            return;
        }
        InstalledPackage old = one.old().get();
        PathRewrite way = unpacking.diversions().around(unpacking.input().rewrite(), old.name());
        List<String> files = unpacking.installed().files(old);
        for (int i = files.size() - 1; i >= 0; i--) {
            String name = files.get(i);
            if (!name.equals("/.") && !one.has(name) && !one.isConffile(name)) {
                leave(name, way.place(TreePath.parse(name)), old, one);
            }
        }
        for (Map.Entry<String, String> file : unpacking.installed().info(old).entrySet()) {
            boolean stays = file.getKey().equals("list")
                    || file.getKey().equals("md5sums")
                    || one.facts().members().contains(file.getKey());
            if (!stays || !old.qualifiedName().equals(one.facts().qualifiedName())) {
                unpacking.removed().add(TreePath.parse(file.getValue()));
            }
        }
    }

    private void leave(String name, TreePath place, InstalledPackage old, UnpackedPackage one) throws IOException {
        Optional<FileFact> there = base.find(place.absolute());
        if (there.isEmpty() || isBelowAFile(place)) {
            return;
        }
        if (base.find(place.absolute() + "/.")
                        .filter(it -> it.kind() == Entry.Kind.DIRECTORY)
                        .isPresent()
                && isOfOthers(name, one)) {
            return;
        }
        if (there.get().kind() == Entry.Kind.DIRECTORY) {
            directories.add(place);
            return;
        }
        String sum = old.conffiles().getOrDefault(name, "");
        if (unpacking.shipped().containsKey(place)) {
            if (!sum.isEmpty()) {
                one.keepSum(place, sum);
            }
        } else if (!sum.isEmpty()) {
            one.keepObsolete(name);
        } else if (!isOfOthers(name, one)) {
            unpacking.removed().add(place);
        }
    }

    /** Whether a package has something else now where a directory was. */
    private boolean isBelowAFile(TreePath place) {
        for (TreePath parent = place.parent(); !parent.isRoot(); parent = parent.parent()) {
            Entry.Kind kind = unpacking.shipped().get(parent);
            if (kind != null && kind != Entry.Kind.DIRECTORY && kind != Entry.Kind.SYMLINK) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfOthers(String name, UnpackedPackage one) throws IOException {
        for (UnpackedPackage other : unpacking.packages()) {
            if (other != one && other.has(name)) {
                return true;
            }
        }
        for (InstalledPackage other : unpacking.installed().owners(name)) {
            if (!unpacking.isReplaced(other)) {
                return true;
            }
        }
        return false;
    }

    /** Directories in which nothing is left, the deepest first. */
    void removeEmptyDirectories() throws IOException {
        for (TreePath directory : directories.descendingSet()) {
            TreePath next = unpacking.shipped().higherKey(directory);
            boolean empty = next == null || !next.startsWith(directory);
            for (String name : base.list(directory.absolute())) {
                empty &= unpacking.removed().contains(directory.resolve(name));
            }
            for (Entry file : unpacking.files()) {
                empty &= !file.path().startsWith(directory);
            }
            if (empty && !unpacking.shipped().containsKey(directory)) {
                unpacking.removed().add(directory);
            }
        }
    }
}
