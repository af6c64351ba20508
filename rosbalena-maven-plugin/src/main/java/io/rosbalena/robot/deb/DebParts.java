package io.rosbalena.robot.deb;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.PackageTree;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.apt.state.PlatformState;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.base.Base;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian packages of the store as parts of layers and roots. */
public final class DebParts {
    /** Raised when a package would be laid out otherwise. */
    private static final int LAYOUT = 2;

    private final SystemState packages;
    private final Base base;
    private final PlatformState state;
    private final boolean documented;
    private final Map<Digest, LayerPart> known = new HashMap<>();

    /**
     * @param packages opens them
     * @param base what they stand on
     * @param state tells where and how each is laid out
     * @param documented whether their documentation is
     */
    public DebParts(SystemState packages, Base base, PlatformState state, boolean documented) {
        this.packages = packages;
        this.base = base;
        this.state = state;
        this.documented = documented;
    }

    /** The part of a package: the same object each time, so that layers of the same parts are equal. */
    public LayerPart part(LockedPackage one) {
        return known.computeIfAbsent(one.sha256(), digest -> make(one));
    }

    private LayerPart make(LockedPackage one) {
        KeyBuilder key = new KeyBuilder()
                .add("deb", one.sha256())
                .add("layout", LAYOUT)
                .add("base", base.locked().diffIds())
                .add("placement", placement(one).description());
        return new LayerPart(one.name() + " " + one.version(), key.build(), () -> open(one));
    }

    /** How a package is laid out. */
    public Placement placement(LockedPackage one) {
        Placement placement = state.placement(one.name());
        return documented ? placement : placement.withoutDocumentation();
    }

    /** The tree of a package; the package is closed with it. */
    public FileTree open(LockedPackage one) throws IOException {
        DebFile deb = packages.open(one);
        try {
            return new Opened(deb, PackageTree.of(deb, placement(one)));
        } catch (IOException | RuntimeException e) {
            deb.close();
            throw e;
        }
    }

    private record Opened(DebFile deb, FileTree tree) implements FileTree {
        @Override
        public List<Entry> entries() {
            return tree.entries();
        }

        @Override
        public void close() throws IOException {
            deb.close();
        }
    }
}
