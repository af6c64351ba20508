package io.rosbalena.robot;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment of a service's image, computed from the files that set it. */
final class ServiceEnvironment {
    private ServiceEnvironment() {}

    static ImageEnvironment of(
            Robot robot, Base base, FileTree setup, SortedMap<String, InstallTree> trees, BlobStore store)
            throws IOException {
        // What stands in the install folder itself tells how it is laid out.
        List<FileTree> files = new ArrayList<>(List.of(base.tree(), setup));
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
