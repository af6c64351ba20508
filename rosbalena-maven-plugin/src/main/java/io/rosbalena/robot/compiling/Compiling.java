package io.rosbalena.robot.compiling;

import io.rosbalena.colcon.BuildRoot;
import io.rosbalena.colcon.ColconPackage;
import io.rosbalena.colcon.CompileClosure;
import io.rosbalena.colcon.CompileFlags;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.CompilerCache;
import io.rosbalena.colcon.Engine;
import io.rosbalena.colcon.EngineName;
import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.colcon.HostEngine;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.colcon.PrebuiltEngine;
import io.rosbalena.colcon.RootEngine;
import io.rosbalena.colcon.SecondCompile;
import io.rosbalena.colcon.WorkspaceCompile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compiles the packages that the services need, in a build root of this machine's platform. */
public final class Compiling {
    private final Robot robot;
    private final Surroundings surroundings;

    /** For the workspace of a robot. */
    public Compiling(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
    }

    /** RB730: nothing is compiled on this machine, for the lock has no build root for it. */
    static FindingException notHere(Robot robot) {
        return FindingException.input(Finding.error(
                        "RB730",
                        "the workspace cannot be compiled on this machine ("
                                + Platforms.ofThisMachine()
                                        .map(Platform::toString)
                                        .orElseGet(() -> System.getProperty("os.arch"))
                                + "), since the lock has no build root for it, only for "
                                + robot.platforms().stream()
                                        .map(Platform::toString)
                                        .collect(Collectors.joining(", ")))
                .at("pom.xml")
                .fix("build on a machine of that platform or on an x86-64 one, or add this machine's to <platforms>."
                        + " Where this is an x86-64 machine, the base or the apt sources have nothing for it; locking"
                        + " says what (RB491)"));
    }

    /**
     * The engine, if it needs no build root: it works with what is on this machine.
     *
     * @return empty if nothing is compiled, or in a build root
     */
    public Optional<Engine> ofThisMachine(BuildNeeds needs) throws IOException, InterruptedException {
        if (needs.packages().isEmpty() || robot.engine().isHermetic()) {
            return Optional.empty();
        }
        RobotProject.Files files = robot.project().files();
        if (robot.project().build().ccache()) {
            surroundings.console().finding(noRoot(robot.engine()));
        }
        if (robot.engine() == EngineName.HOST) {
            return Optional.of(HostEngine.of(
                    surroundings.store(),
                    System.getenv(),
                    flags(),
                    files.output().resolve("log"),
                    () -> surroundings.console().finding(unconfined())));
        }
        SortedSet<String> packages = new TreeSet<>();
        robot.services().forEach(service -> packages.addAll(service.packages()));
        return Optional.of(
                PrebuiltEngine.of(surroundings.store(), files.install(), files.show(files.install()), packages));
    }

    /**
     * The engine that compiles in a build root.
     *
     * @param making makes the root when a package must be compiled
     * @param shared results that are good here, too
     */
    Engine inRoot(BuildRootMaking making, SortedMap<String, InstallTree> shared) {
        return new RootEngine(robot.engine(), making.root(), workspace(making), shared);
    }

    /**
     * The same, but for packages that are compiled in the root of another machine, whose programs an emulator runs.
     *
     * @param packages their names
     * @param other makes that root
     * @param machine which one that is
     */
    Engine inRoots(
            BuildRootMaking making,
            Set<String> packages,
            BuildRootMaking other,
            GnuMachine machine,
            SortedMap<String, InstallTree> shared) {
        return new RootEngine(
                robot.engine(),
                making.root(),
                workspace(making)
                        .with(
                                packages,
                                other.root(),
                                () -> emulate(other, machine, making),
                                logs().resolve(machine.architecture())),
                shared);
    }

    private WorkspaceCompile workspace(BuildRootMaking making) {
        BuildRoot root = making.root();
        WorkspaceCompile compile = new WorkspaceCompile(
                surroundings.store(),
                surroundings.results(),
                () -> enter(making, "Compiling"),
                root,
                flags(),
                logs(root));
        return robot.project().build().ccache()
                ? compile.with(new CompilerCache(surroundings.store(), identity()))
                : compile;
    }

    /** Two robots of one machine, or two copies of one project, have nothing in common that code of one can write. */
    private Digest identity() {
        return new KeyBuilder()
                .add("coordinates", robot.project().coordinates())
                .add("directory", robot.project().files().directory().toString())
                .build();
    }

    /**
     * The results of all packages.
     *
     * @param sources the files of each package, by name
     * @param engine compiles them
     */
    CompiledWorkspace compile(BuildNeeds needs, SortedMap<String, SourceTree> sources, Engine engine)
            throws IOException, InterruptedException {
        return engine.compile(packages(needs, sources), surroundings.console());
    }

    private List<ColconPackage> packages(BuildNeeds needs, SortedMap<String, SourceTree> sources) {
        List<ColconPackage> packages = new ArrayList<>();
        for (RosPackage one : needs.packages()) {
            packages.add(unit(one, sources));
        }
        return packages;
    }

    /**
     * Compiles packages a second time and compares.
     *
     * @param making makes the root that they were compiled in
     * @param compiled the results
     * @param wanted names of the packages, all of them compiled in that root
     * @throws FindingException RB415 and RB416 if they do not come out the same
     */
    void verify(
            BuildNeeds needs,
            SortedMap<String, SourceTree> sources,
            BuildRootMaking making,
            CompiledWorkspace compiled,
            SortedSet<String> wanted)
            throws IOException, InterruptedException {
        new SecondCompile(
                        surroundings.store(),
                        () -> enter(making, "Compiling a second time"),
                        making.root(),
                        flags(),
                        logs(making.root()).resolve("again"))
                .check(packages(needs, sources), compiled.trees(), wanted, surroundings.console());
        surroundings
                .console()
                .message("compiled " + wanted.size() + (wanted.size() == 1 ? " package" : " packages")
                        + " a second time under other conditions: the same bytes");
    }

    private CompileFlags flags() {
        return CompileFlags.of(robot.rosDistro(), robot.conditions().colcon(), robot.colcon());
    }

    private static Finding noRoot(EngineName engine) {
        return Finding.note(
                        "RB425",
                        "<ccache> is of no effect: it is for the locked build root, and the engine " + engine.word()
                                + " has none")
                .at("pom.xml")
                .fix(
                        engine == EngineName.HOST
                                ? "set CMAKE_C_COMPILER_LAUNCHER and CMAKE_CXX_COMPILER_LAUNCHER for your own ccache, or"
                                        + " build with the engine root or container"
                                : "build with the engine root or container, or take <ccache> away");
    }

    private static Finding unconfined() {
        return Finding.note(
                        "RB476",
                        "the engine host compiles with what this machine has, and runs the workspace's code unconfined:"
                                + " setup.py and CMakeLists.txt may read and write whatever you may")
                .fix("compile only what you trust; the engine root confines it, and gives the same bytes everywhere");
    }

    private Sandbox enter(BuildRootMaking making, String what) throws IOException, InterruptedException {
        Sandbox sandbox = sandbox();
        making.make(sandbox);
        String target = making.root()
                .cross()
                .map(cross -> " for " + cross.machine().architecture())
                .orElse("");
        surroundings.console().stage(what + " in the build root" + target + " (" + sandbox.name() + ")");
        return sandbox;
    }

    private Sandbox emulate(BuildRootMaking making, GnuMachine machine, BuildRootMaking own)
            throws IOException, InterruptedException {
        Sandbox here = sandbox();
        Sandbox sandbox = here.emulating(machine.emulated());
        making.make(own, here, sandbox);
        surroundings
                .console()
                .stage("Compiling in the build root of " + machine.architecture() + ", emulated (" + sandbox.name()
                        + ")");
        return sandbox;
    }

    private Sandbox sandbox() throws IOException, InterruptedException {
        Sandboxes.Choice choice = Sandboxes.choose(
                switch (robot.engine()) {
                    case ROOT -> Sandboxes.Means.KERNEL;
                    case CONTAINER -> Sandboxes.Means.CONTAINERS;
                    default -> Sandboxes.Means.ALL;
                });
        if (!choice.passedOver().isEmpty()) {
            surroundings
                    .console()
                    .message("the way into the build root is "
                            + choice.sandbox().name() + ", since these are closed: "
                            + String.join("; ", choice.passedOver()));
        }
        return choice.sandbox();
    }

    private Path logs() {
        return robot.project().files().output().resolve("log");
    }

    /** Logs of the same package for two machines stand apart. */
    private Path logs(BuildRoot root) {
        return root.cross()
                .map(cross -> logs().resolve(cross.machine().architecture()))
                .orElseGet(this::logs);
    }

    private ColconPackage unit(RosPackage one, SortedMap<String, SourceTree> sources) {
        SourceTree source = sources.get(one.name());
        if (source == null) {
            throw new IllegalArgumentException("no sources for " + one.name());
        }
        return CompileClosure.of(robot.workspace(), one, source);
    }
}
