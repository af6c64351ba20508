package io.rosbalena.robot.buildroot;

import io.rosbalena.apt.state.PlatformState;
import io.rosbalena.finding.Finding;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.DebParts;
import io.rosbalena.robot.deb.Mirrors;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import io.rosbalena.wheel.layout.WheelTree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What stands in a root, as one archive: a base, packages and wheels on it, and the state that these leave.
 *
 * @param locked names them
 * @param platform what they are for
 * @param base what the root stands on: that of the images
 * @param packages those that stand in it
 * @param wheels those that stand in it
 * @param states opens the packages
 */
record RootTar(
        LockedPlatform locked,
        Platform platform,
        Base base,
        List<LockedPackage> packages,
        List<LockedWheel> wheels,
        SystemState states,
        Surroundings surroundings) {
    RootTar {
        packages = List.copyOf(packages);
        wheels = List.copyOf(wheels);
    }

    /** Adds all that the archive's content follows from. */
    void addTo(KeyBuilder key) {
        key.add("platform", platform.toString()).add("base", locked.base().diffIds());
        packages.forEach(one -> key.add(one.name(), one.sha256()).add("auto", Boolean.toString(one.auto())));
        wheels.forEach(one -> key.add(one.member(), one.sha256()));
        locked.accounts().forEach((name, id) -> key.add(name, id));
    }

    /**
     * Writes the archive; packages that the store lacks are fetched, wheels must be in it.
     *
     * @param own what else stands in the root
     * @param form how each entry is to stand there
     * @return what is to be told of the packages' maintainer scripts
     */
    List<Finding> write(OutputStream out, FileTree own, UnaryOperator<Entry> form) throws IOException {
        Mirrors.ensure(packages, base, surroundings, states::read);
        try {
            PlatformState state = states.of(packages, List.of(), true, locked, platform, base);
            DebParts parts = new DebParts(states, base, state, true);
            Set<TreePath> directories = new HashSet<>();
            TarWriter tar = new TarWriter(out);
            for (Entry entry : base.tree().entries()) {
                if (!isBelow(entry.path(), state.removed())
                        && (!entry.isDirectory() || directories.add(entry.path()))) {
                    tar.write(form.apply(entry));
                }
            }
            Parallel.inOrder(packages, parts::open, tree -> write(tree, directories, tar, form));
            for (LockedWheel one : wheels) {
                write(
                        WheelTree.open(surroundings.store().path(one.sha256()), one.filename(), BuildRootMaking.PYTHON),
                        directories,
                        tar,
                        form);
            }
            write(state.tree(), directories, tar, form);
            write(own, directories, tar, form);
            tar.finish();
            return state.findings();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the build root was written", e);
        }
    }

    private static boolean isBelow(TreePath path, Set<TreePath> removed) {
        for (TreePath at = path; !removed.isEmpty() && !at.isRoot(); at = at.parent()) {
            if (removed.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private static void write(FileTree tree, Set<TreePath> directories, TarWriter tar, UnaryOperator<Entry> form)
            throws IOException {
        try (tree) {
            for (Entry entry : tree.entries()) {
                if (!entry.isDirectory() || directories.add(entry.path())) {
                    tar.write(form.apply(entry));
                }
            }
        }
    }
}
