package io.rosbalena.robot.buildroot;

import io.rosbalena.colcon.CrossCompile;
import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Roots;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the root of another machine that is compiled against: the packages of that machine's build root, but for the
 * compilers. Nothing in it is ever run.
 */
public final class SysrootMaking {
    /** Raised when the same packages would give another sysroot. */
    private static final int LAYOUT = 1;

    /** What only runs; a sysroot without them is half as large. */
    private static final Pattern TOOLS =
            Pattern.compile("(gcc|g\\+\\+|cpp)(-[0-9]+)?|cmake(-data)?|binutils-.+-linux-gnu");

    private final RootTar tar;
    private final GnuMachine machine;
    private final Surroundings surroundings;

    /**
     * The sysroot for a machine, as the lock names its packages.
     *
     * @param locked the platform that is compiled for
     * @param base what its images stand on
     * @param states opens the packages
     */
    public SysrootMaking(
            GnuMachine machine,
            LockedPlatform locked,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings) {
        this.machine = machine;
        this.surroundings = surroundings;
        this.tar = new RootTar(
                locked,
                platform,
                base,
                locked.members(LockedPlatform.BUILD).stream()
                        .filter(SysrootMaking::isSeen)
                        .toList(),
                locked.wheels(LockedPlatform.BUILD),
                states,
                surroundings);
    }

    private static boolean isSeen(LockedPackage one) {
        return !TOOLS.matcher(one.name()).matches();
    }

    /** What is compiled for, and where its root stands once it is made. */
    public CrossCompile cross() {
        return new CrossCompile(machine, Roots.in(surroundings.store()).directory(digest()));
    }

    Digest digest() {
        KeyBuilder key = new KeyBuilder().add("sysroot", LAYOUT).add("machine", machine.triplet());
        tar.addTo(key);
        return key.build();
    }

    /** Makes the sysroot on disk if it is not there; its wheels must be in the store. */
    public void make() throws IOException, InterruptedException {
        Roots.in(surroundings.store())
                .unpack(
                        digest(),
                        out -> {
                            surroundings
                                    .console()
                                    .stage("Unpacking what is compiled against for " + tar.platform() + ": "
                                            + tar.packages().size() + " packages");
                            // Of scripts nothing need be told where nothing runs.
                            tar.write(out, workspace(), SysrootMaking::relative);
                        },
                        surroundings.console());
    }

    /** Where pkg-config looks for what it knows to stand in the workspace. */
    private static MemoryTree workspace() {
        String install = InstallTree.INSTALL.text();
        return new MemoryTree()
                .directory(InstallTree.INSTALL.parent().text(), 0755)
                .symlink(install, "/" + install);
    }

    /** Links lead to their places in the sysroot, but for that into the workspace, which leads out of it. */
    private static Entry relative(Entry entry) {
        if (!entry.isSymlink()
                || !entry.target().startsWith("/")
                || entry.path().equals(InstallTree.INSTALL)) {
            return entry;
        }
        List<String> up = new ArrayList<>();
        for (int i = entry.path().components().size(); i > 1; i--) {
            up.add("..");
        }
        Path target = Path.of(entry.target()).normalize();
        up.add(target.toString().substring(1));
        String text = String.join("/", up);
        return Entry.symlink(entry.path(), text.isEmpty() ? "." : text).withTime(entry.mtime());
    }
}
