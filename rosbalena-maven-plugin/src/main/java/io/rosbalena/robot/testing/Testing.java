package io.rosbalena.robot.testing;

import io.rosbalena.colcon.ColconPackage;
import io.rosbalena.colcon.CompileClosure;
import io.rosbalena.colcon.CompileFlags;
import io.rosbalena.colcon.PackageTests;
import io.rosbalena.colcon.TestedWorkspace;
import io.rosbalena.colcon.WorkspaceTest;
import io.rosbalena.colcon.result.SurefireReport;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.deb.SetIdPolicy;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.locking.LockProof;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.robot.project.WorkspaceSources;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.LockedWheels;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Testing: the packages of the workspace, compiled with their tests and tested in a root of their own. */
public final class Testing {
    private final Robot robot;
    private final TestRequest request;
    private final Surroundings surroundings;
    private final Findings findings = new Findings();

    private Testing(Robot robot, TestRequest request, Surroundings surroundings) {
        this.robot = robot;
        this.request = request;
        this.surroundings = surroundings;
    }

    /**
     * Tests a robot's packages and writes what came out.
     *
     * @throws FindingException with each test that failed, unless these pass, and each package that does not compile;
     *     RB460 if the workspace has no package of a name that is asked for; RB463 if this machine is of none of the
     *     robot's platforms
     */
    public static void test(RobotProject project, TestRequest request, Surroundings surroundings)
            throws IOException, InterruptedException {
        new Testing(Robot.read(project, surroundings.store()), request, surroundings).test();
    }

    private void test() throws IOException, InterruptedException {
        robot.findings().forEach(surroundings.console()::finding);
        SortedSet<String> selected = selected();
        if (selected.isEmpty()) {
            surroundings.console().message("the workspace has no packages to test");
            return;
        }
        Platform here = platform();
        TestNeeds needs = TestNeeds.of(robot);
        Set<String> compiled = CompileClosure.namesForTests(robot.workspace(), selected);
        List<RosPackage> packages = needs.packages().stream()
                .filter(one -> compiled.contains(one.name()))
                .toList();
        SortedMap<String, SourceTree> sources = WorkspaceSources.read(robot, packages, surroundings.store(), findings);
        findings.throwIfErrors();
        Lock lock = Locking.currentWithTests(robot, surroundings).lock();
        new LockProof(robot, surroundings).check(lock);
        TestedWorkspace tested;
        LockedPlatform locked = Objects.requireNonNull(lock.platforms().get(here.toString()));
        try (SystemState states =
                        new SystemState(robot.unknownScripts(), new SetIdPolicy(robot.allowSetId()), surroundings);
                Base base = Bases.locked(robot, locked.base(), here, surroundings)) {
            LockedWheels.ensureWithTests(robot.project(), locked, here, base, states, surroundings);
            BuildRootMaking making = new BuildRootMaking(LockedPlatform.TEST, locked, here, base, states, surroundings);
            tested = test(packages, sources, selected, making);
        }
        tell(tested);
    }

    /** Names of the packages that the user wants tested. */
    private SortedSet<String> selected() {
        SortedSet<String> names = robot.workspace().names();
        for (String name : request.packages()) {
            if (!names.contains(name)) {
                findings.add(Finding.error("RB460", "the workspace has no package " + name + " to test")
                        .fix("correct -Dpackages; the workspace has: " + String.join(", ", names)));
            }
        }
        findings.throwIfErrors();
        return request.packages().isEmpty() ? names : new TreeSet<>(request.packages());
    }

    private Platform platform() {
        return Platforms.ofThisMachine()
                .filter(robot.platforms()::contains)
                .orElseThrow(() -> FindingException.input(Finding.error(
                                "RB463",
                                "tests run on this machine, which is none of "
                                        + robot.platforms().stream()
                                                .map(Platform::toString)
                                                .collect(Collectors.joining(", ")))
                        .at("pom.xml")
                        .fix("test on a machine of that platform, or add this machine's to <platforms>")));
    }

    private TestedWorkspace test(
            List<RosPackage> packages,
            SortedMap<String, SourceTree> sources,
            Set<String> selected,
            BuildRootMaking making)
            throws IOException, InterruptedException {
        List<ColconPackage> units = new ArrayList<>();
        for (RosPackage one : packages) {
            units.add(CompileClosure.forTests(robot.workspace(), one, Objects.requireNonNull(sources.get(one.name()))));
        }
        return new WorkspaceTest(
                        surroundings.store(),
                        () -> enter(making),
                        making.root(),
                        CompileFlags.of(robot.rosDistro(), robot.conditions().colcon(), robot.colcon()),
                        robot.project().files().output().resolve("log"))
                .test(units, selected, surroundings.console());
    }

    private Sandbox enter(BuildRootMaking making) throws IOException, InterruptedException {
        Sandbox sandbox = Sandboxes.choose();
        making.make(sandbox);
        surroundings.console().stage("Testing in the test root (" + sandbox.name() + ")");
        return sandbox;
    }

    private void tell(TestedWorkspace tested) throws IOException {
        SurefireReport report = new SurefireReport(request.reports());
        Findings failed = new Findings();
        for (PackageTests one : tested.packages()) {
            report.write(one.packageName(), one.suites());
            failed.addAll(one.findings());
            if (one.count() > 0) {
                surroundings.console().message(one.line());
            }
        }
        surroundings.console().message(tested.line());
        if (request.failuresPass()) {
            failed.all().forEach(surroundings.console()::finding);
        } else {
            findings.addAll(failed.all());
        }
        findings.addAll(tested.errors());
        findings.throwIfErrors();
    }
}
