package io.rosbalena.robot.service;

import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FactTree;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.store.BlobStore;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment of a service's image, computed from the files that set it. */
final class ServiceEnvironment {
    private static final TreePath UNDERLAYS = TreePath.parse("/opt/ros");

    private ServiceEnvironment() {}

    /**
     * The variables of a service.
     *
     * @param packages its Debian packages, among them those of the ROS distribution
     * @param wheels the folders of its Python wheels
     * @param setup what stands in the install folder itself: it tells how that is laid out
     * @param trees what its workspace packages install
     */
    static ImageEnvironment of(
            Robot robot,
            Base base,
            List<DebFacts> packages,
            FileTree wheels,
            FileTree setup,
            SortedMap<String, InstallTree> trees,
            BlobStore store)
            throws IOException {
        List<FileTree> files = new ArrayList<>(List.of(base.tree()));
        packages.forEach(one -> files.add(FactTree.of(one, UNDERLAYS)));
        files.add(wheels);
        files.add(setup);
        trees.values().forEach(tree -> files.add(tree.tree(store)));
        return ImageEnvironment.of(TreeView.of(files), of(base), robot.rosDistro());
    }

    /** What the base image sets. */
    private static Map<String, String> of(Base base) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        Optional<JsonValue> config = base.config().find("config");
        Optional<JsonValue> env =
                config.isEmpty() ? Optional.empty() : config.get().find("Env");
        if (env.isPresent()) {
            for (String variable : env.get().strings()) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
        }
        return variables;
    }
}
