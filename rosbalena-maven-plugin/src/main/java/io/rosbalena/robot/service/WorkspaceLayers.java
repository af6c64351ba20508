package io.rosbalena.robot.service;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.colcon.InstalledFile;
import io.rosbalena.image.LayerKind;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.workspace.RosPackage;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a service's workspace packages: what its own packages need first, then its own ones, each in dependency
 * order; a large package alone. A change reaches only its package's layer and those above.
 */
final class WorkspaceLayers {
    /** A package of this many bytes has a layer of its own. */
    private static final long LARGE = 5_000_000;

    private static final int BUDGET = 4;

    private final Robot robot;
    private final CompiledWorkspace compiled;
    private final BlobStore store;

    WorkspaceLayers(Robot robot, CompiledWorkspace compiled, BlobStore store) {
        this.robot = robot;
        this.compiled = compiled;
        this.store = store;
    }

    /** The plans for a service, from the bottom; none if it has no workspace package. */
    List<LayerPlan> plans(RobotService service) {
        List<InstallTree> needed = new ArrayList<>();
        List<InstallTree> own = new ArrayList<>();
        for (RosPackage one : robot.workspace().buildOrder()) {
            InstallTree tree = compiled.trees().get(one.name());
            if (tree != null && service.packages().contains(one.name())) {
                (service.own().contains(one.name()) ? own : needed).add(tree);
            }
        }
        List<LayerPlan> plans = new ArrayList<>();
        List<LayerPart> rest = new ArrayList<>(setup());
        for (List<InstallTree> group : List.of(needed, own)) {
            for (InstallTree tree : group) {
                if (size(tree) >= LARGE && plans.size() < BUDGET - 2) {
                    plans.add(new LayerPlan(LayerKind.WORKSPACE, List.of(part(tree))));
                } else {
                    rest.add(part(tree));
                }
            }
            if (!rest.isEmpty() && !group.isEmpty()) {
                plans.add(new LayerPlan(LayerKind.WORKSPACE, rest));
                rest = new ArrayList<>();
            }
        }
        return plans;
    }

    /** What stands in the install folder itself goes with the lowest packages: it is the same for all of them. */
    private List<LayerPart> setup() {
        return compiled.trees().values().stream()
                .limit(1)
                .filter(tree -> !tree.setup().isEmpty())
                .map(tree -> new LayerPart(
                        "workspace setup",
                        new KeyBuilder()
                                .add(
                                        "setup",
                                        tree.setup().stream()
                                                .map(InstalledFile::identity)
                                                .toList())
                                .build(),
                        () -> compiled.setup(store)))
                .toList();
    }

    private LayerPart part(InstallTree tree) {
        return new LayerPart(
                tree.packageName(),
                new KeyBuilder()
                        .add("install", tree.packageName())
                        .add("content", tree.contentDigest())
                        .build(),
                () -> tree.tree(store));
    }

    private static long size(InstallTree tree) {
        return tree.files().stream()
                .mapToLong(file -> file instanceof InstalledFile.Regular regular ? regular.size() : 0)
                .sum();
    }
}
