package io.rosbalena.robot.wheel;

import io.rosbalena.image.LayerKind;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.wheel.layout.WheelTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Wheels of the store as parts of layers and roots. */
public final class WheelParts {
    /** Raised when a wheel would be laid out otherwise. */
    private static final int LAYOUT = 1;

    /** A wheel of this many bytes has a layer of its own: it is downloaded again only when itself changes. */
    private static final long LARGE = 5_000_000;

    private static final int BUDGET = 8;

    private WheelParts() {}

    /** The layers of a service's wheels, from the bottom: the large ones, then the rest together. */
    public static List<LayerPlan> plans(List<LockedWheel> wheels, BlobStore store) throws IOException {
        List<LayerPlan> plans = new ArrayList<>();
        large(wheels).forEach(one -> plans.add(new LayerPlan(LayerKind.SYSTEM, List.of(part(one, Set.of(), store)))));
        List<LockedWheel> rest = rest(wheels);
        // In one layer each path stands once; a layer hides what is below it in any case.
        Map<LockedWheel, SortedSet<String>> hidden = new HashMap<>();
        WheelOverlap.of(rest, store)
                .forEach(one -> hidden.computeIfAbsent(one.below(), any -> new TreeSet<>())
                        .add(one.path()));
        if (!rest.isEmpty()) {
            plans.add(new LayerPlan(
                    LayerKind.SYSTEM,
                    rest.stream()
                            .map(one -> part(one, hidden.getOrDefault(one, new TreeSet<>()), store))
                            .toList()));
        }
        return plans;
    }

    /** The wheels of a service from the bottom: of files that several bring, that of the last counts. */
    static List<LockedWheel> stack(List<LockedWheel> wheels) {
        return Stream.concat(large(wheels).stream(), rest(wheels).stream()).toList();
    }

    private static List<LockedWheel> large(List<LockedWheel> wheels) {
        return wheels.stream()
                .filter(one -> one.size() >= LARGE)
                .sorted(Comparator.comparingLong(LockedWheel::size).reversed().thenComparing(LockedWheel::filename))
                .limit(BUDGET)
                .toList();
    }

    private static List<LockedWheel> rest(List<LockedWheel> wheels) {
        List<LockedWheel> large = large(wheels);
        return wheels.stream().filter(one -> !large.contains(one)).toList();
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

    private static LayerPart part(LockedWheel one, Set<String> hidden, BlobStore store) {
        return new LayerPart(
                one.name() + " " + one.version() + " (wheel)",
                new KeyBuilder()
                        .add("wheel", one.sha256())
                        .add("filename", one.filename())
                        .add("layout", LAYOUT)
                        .add("hidden", hidden)
                        .build(),
                () -> new Without(open(one, store), hidden));
    }

    /** A wheel without some of its files. */
    private record Without(FileTree wheel, Set<String> hidden) implements FileTree {
        @Override
        public List<Entry> entries() {
            return wheel.entries().stream()
                    .filter(entry -> !hidden.contains(WheelTree.path(entry)))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            wheel.close();
        }
    }

    /** The tree of a wheel that is in the store. */
    public static FileTree open(LockedWheel one, BlobStore store) throws IOException {
        return WheelTree.open(store.path(one.sha256()), one.filename(), BuildRootMaking.PYTHON);
    }
}
