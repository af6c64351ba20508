package io.rosbalena.bench;

import io.rosbalena.sandbox.SandboxCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One colcon call for the courier's packages, in the build root and on this machine, which must have the same tools. */
final class Colcon implements Measurement {
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", "/tmp",
            "LANG", "C.UTF-8",
            "SOURCE_DATE_EPOCH", "946684800",
            "PYTHONHASHSEED", "0",
            "MAKEFLAGS", "-j" + Runtime.getRuntime().availableProcessors());

    private final Workplace workplace;

    Colcon(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        WarmRoot root = WarmRoot.of(workplace);
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            ours.add(inRoot(root, workspace("in-root")));
            theirs.add(here(workspace("here")));
        }
        return List.of(Row.ratio(
                "colcon build of the courier in the build root",
                Cost.median(ours),
                "colcon on this machine",
                Cost.median(theirs),
                1.15));
    }

    private Path workspace(String name) throws IOException, InterruptedException {
        Path workspace = workplace.empty(name);
        Workplace.copy(workplace.courier().resolve("src"), workspace.resolve("src"));
        for (String folder : List.of("build", "install", "log")) {
            Files.createDirectory(workspace.resolve(folder));
        }
        return workspace;
    }

    private static Cost inRoot(WarmRoot root, Path workspace) throws IOException, InterruptedException {
        List<SandboxCommand.Bind> binds = new ArrayList<>();
        for (String folder : List.of("src", "build", "install", "log")) {
            binds.add(new SandboxCommand.Bind(workspace.resolve(folder), "/ros2_ws/" + folder, !folder.equals("src")));
        }
        double cpu = ProcessorTimes.of(ProcessHandle.current());
        long start = System.nanoTime();
        root.run(binds, "/ros2_ws", ENVIRONMENT, call("/ros2_ws"));
        double wall = (System.nanoTime() - start) / 1e9;
        return new Cost(wall, ProcessorTimes.of(ProcessHandle.current()) - cpu);
    }

    private static Cost here(Path workspace) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("env", "-i"));
        ENVIRONMENT.forEach((name, value) -> arguments.add(name + "=" + value));
        arguments.addAll(List.of(call(workspace.toString())));
        return new Command(arguments).in(workspace).run().cost();
    }

    static String[] call(String workspace) {
        return new String[] {
            "colcon",
            "--log-base",
            workspace + "/log",
            "build",
            "--base-paths",
            workspace + "/src",
            "--build-base",
            workspace + "/build",
            "--install-base",
            workspace + "/install",
            "--executor",
            "parallel",
            "--cmake-args",
            " -DCMAKE_BUILD_TYPE=RelWithDebInfo",
            " -DBUILD_TESTING=OFF"
        };
    }
}
