package io.rosbalena.robot;

import io.rosbalena.colcon.ColconPackage;
import io.rosbalena.colcon.CompileClosure;
import io.rosbalena.colcon.CompileFlags;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.WorkspaceCompile;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Compiles the packages that the services need, in the build root of this machine's platform. */
final class Compiling {
    private final Robot robot;
    private final Surroundings surroundings;

    Compiling(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
    }

    /**
     * The results of all packages.
     *
     * @param sources the files of each package, by name
     * @param making makes the root when a package must be compiled
     */
    CompiledWorkspace compile(BuildNeeds needs, SortedMap<String, SourceTree> sources, BuildRootMaking making)
            throws IOException, InterruptedException {
        WorkspaceCompile compile = new WorkspaceCompile(
                surroundings.store(),
                () -> enter(making),
                making.root(),
                CompileFlags.of(
                        robot.rosDistro(),
                        ConditionContexts.of(robot.rosDistro(), Map.of()).colcon()),
                robot.project().files().output().resolve("log"));
        List<ColconPackage> packages = new ArrayList<>();
        for (RosPackage one : needs.packages()) {
            packages.add(unit(one, sources));
        }
        return compile.compile(packages, surroundings.console());
    }

    private Sandbox enter(BuildRootMaking making) throws IOException, InterruptedException {
        Sandbox sandbox = Sandboxes.choose();
        making.make(sandbox);
        surroundings.console().stage("Compiling in the build root (" + sandbox.name() + ")");
        return sandbox;
    }

    private ColconPackage unit(RosPackage one, SortedMap<String, SourceTree> sources) {
        SourceTree source = sources.get(one.name());
        if (source == null) {
            throw new IllegalArgumentException("no sources for " + one.name());
        }
        return CompileClosure.of(robot.workspace(), one, source);
    }
}
