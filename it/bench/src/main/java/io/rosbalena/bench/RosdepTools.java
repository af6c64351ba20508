package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people ask of a workspace without us: its packages of colcon, its keys and their packages of rosdep. */
final class RosdepTools {
    static final String NAME = "colcon list -t, rosdep keys, rosdep resolve";

    private final Workplace workplace;
    private final RosWorkspace workspace;
    private final Path home;

    /** Brings rosdep's own copy of the databases up to date, which is not measured. */
    RosdepTools(Workplace workplace, RosWorkspace workspace) throws IOException, InterruptedException {
        this.workplace = workplace;
        this.workspace = workspace;
        this.home = workplace.empty("rosdep");
        List<String> sources = new ArrayList<>();
        for (String name : List.of("base", "python", "ruby")) {
            sources.add("yaml "
                    + workplace.rosdistro().resolve("rosdep/" + name + ".yaml").toUri());
        }
        Files.write(Files.createDirectories(home.resolve("sources")).resolve("20-default.list"), sources);
        tool("rosdep", "update", "--rosdistro", "humble").run();
    }

    Cost listAndResolve() throws IOException, InterruptedException {
        List<Cost> costs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Cost list = tool("colcon", "list", "-t").run().cost();
            Command.Result keys = tool(
                            "rosdep",
                            "keys",
                            "--rosdistro",
                            "humble",
                            "--os=ubuntu:jammy",
                            "--ignore-src",
                            "--from-paths",
                            ".")
                    .run();
            List<String> resolve =
                    new ArrayList<>(List.of("rosdep", "resolve", "--rosdistro", "humble", "--os=ubuntu:jammy"));
            keys.lines().stream()
                    .map(Command.Line::text)
                    .filter(key -> key.matches("[A-Za-z0-9_+.-]+") && !RosWorkspace.UNKNOWN_KEYS.contains(key))
                    .forEach(resolve::add);
            costs.add(list.plus(keys.cost())
                    .plus(tool(resolve.toArray(String[]::new)).run().cost()));
        }
        return Cost.median(costs);
    }

    private Command tool(String... arguments) {
        return new Command(arguments)
                .in(workspace.sources())
                .with("ROSDEP_SOURCE_PATH", home.resolve("sources").toString())
                .with("ROS_HOME", home.toString())
                .with(
                        "ROSDISTRO_INDEX_URL",
                        workplace.rosdistro().resolve("index-v4.yaml").toUri().toString())
                .with("ROS_DISTRO", "humble")
                .with("ROS_VERSION", "2")
                .with("ROS_PYTHON_VERSION", "3");
    }
}
