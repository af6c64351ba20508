package io.rosbalena.robot.wheel;

import io.rosbalena.image.LayerKind;
import io.rosbalena.image.LayerPart;
import io.rosbalena.image.LayerPlan;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.wheel.layout.WheelTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Wheels of the store as parts of layers and roots. */
public final class WheelParts {
    /** Raised when a wheel would be laid out otherwise. */
    private static final int LAYOUT = 1;

    /** A wheel of this many bytes has a layer of its own: it is downloaded again only when itself changes. */
    private static final long LARGE = 5_000_000;

    private static final int BUDGET = 8;

    private WheelParts() {}

    /** The layers of a service's wheels, from the bottom: the large ones, then the rest together. */
    public static List<LayerPlan> plans(List<LockedWheel> wheels, BlobStore store) {
        List<LockedWheel> large = wheels.stream()
                .filter(one -> one.size() >= LARGE)
                .sorted(Comparator.comparingLong(LockedWheel::size).reversed().thenComparing(LockedWheel::filename))
                .limit(BUDGET)
                .toList();
        List<LayerPlan> plans = new ArrayList<>();
        large.forEach(one -> plans.add(new LayerPlan(LayerKind.SYSTEM, List.of(part(one, store)))));
        List<LayerPart> rest = wheels.stream()
                .filter(one -> !large.contains(one))
                .map(one -> part(one, store))
                .toList();
        if (!rest.isEmpty()) {
            plans.add(new LayerPlan(LayerKind.SYSTEM, rest));
        }
        return plans;
    }

    /** The folders that a service's wheels have in any case, by which its environment knows of them; none without wheels. */
    public static FileTree folders(List<LockedWheel> wheels) {
        MemoryTree tree = new MemoryTree();
        return wheels.isEmpty()
                ? tree
                : tree.directory("ros2_ws", 0755)
                        .directory("ros2_ws/python", 0755)
                        .directory("ros2_ws/python/bin", 0755);
    }

    private static LayerPart part(LockedWheel one, BlobStore store) {
        return new LayerPart(
                one.name() + " " + one.version() + " (wheel)",
                new KeyBuilder()
                        .add("wheel", one.sha256())
                        .add("filename", one.filename())
                        .add("layout", LAYOUT)
                        .build(),
                () -> open(one, store));
    }

    /** The tree of a wheel that is in the store. */
    public static FileTree open(LockedWheel one, BlobStore store) throws IOException {
        return WheelTree.open(store.path(one.sha256()), one.filename(), BuildRootMaking.PYTHON);
    }
}
