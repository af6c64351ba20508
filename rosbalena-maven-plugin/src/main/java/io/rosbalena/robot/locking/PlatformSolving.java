package io.rosbalena.robot.locking;

import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.solver.Solution;
import io.rosbalena.apt.solver.SolveRequest;
import io.rosbalena.apt.solver.Solver;
import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.colcon.CompilerCache;
import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.CompilingFor;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.TargetOs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Chooses the Debian packages of one platform: for the base, for each service, and for the roots in which is compiled,
 * tested and made. What is solved later takes the versions of what was solved before.
 */
final class PlatformSolving {
    /** What an assembled base holds besides the essential packages: {@code apt}, for whoever looks into a robot. */
    private static final String APT = "apt";

    /**
     * Says that {@code /bin} is a link to {@code /usr/bin}, as it is in every base. Without it apt's order chooses the
     * program that would make it so, and with it 50 MB of Perl.
     */
    private static final String MERGED = "usr-is-merged";

    /** What runs the programs of wheels. */
    private static final String PYTHON = "python3";

    /** What wheels are made from sources with, whatever the sources are. */
    private static final Set<String> WHEEL_MAKING = Set.of(
            "g++",
            "gcc",
            "libc6-dev",
            "make",
            "pkg-config",
            PYTHON,
            "python3-dev",
            "python3-setuptools",
            "python3-wheel");

    /** What {@code colcon test} runs the tests of Python packages with; other tools are dependencies of their users. */
    private static final String PYTEST = "python3-pytest";

    /** What the build backends of Python are read with where its own library cannot: before 3.11. */
    private static final String TOML = "python3-tomli";

    private final Robot robot;
    private final CompilingFor platform;
    private final CandidateTable table;
    private final TargetOs os;
    private final Pins pins;
    private final BasePackages start;
    private final PlatformSets sets;
    private final ResolvedKeys keys;

    private PlatformSolving(
            Robot robot,
            CompilingFor platform,
            CandidateTable table,
            TargetOs os,
            Pins pins,
            BasePackages start,
            PlatformSets sets) {
        this.robot = robot;
        this.platform = platform;
        this.table = table;
        this.os = os;
        this.pins = pins;
        this.start = start;
        this.sets = sets;
        this.keys = sets.keys();
    }

    /**
     * Solves all sets of a platform.
     *
     * @param platform what the sets are for
     * @param start the packages of the base
     * @param tests what tests need; empty if there is to be no root for them
     * @param makesWheels whether there is a root to make wheels in, too
     * @throws FindingException with every key and every package that cannot be had
     */
    static PlatformSets solve(
            Robot robot,
            CompilingFor platform,
            CandidateTable table,
            TargetOs os,
            RosdepDatabase database,
            Pins pins,
            BasePackages start,
            Optional<TestNeeds> tests,
            boolean makesWheels) {
        BuildNeeds build = BuildNeeds.of(robot);
        PlatformSets sets = new PlatformSets(table, RobotKeys.resolve(robot, build, tests, database, os));
        new PlatformSolving(robot, platform, table, os, pins, start, sets).solve(build, tests, makesWheels);
        return sets;
    }

    private void solve(BuildNeeds build, Optional<TestNeeds> tests, boolean makesWheels) {
        boolean assembled = start.assembled();
        Findings findings = new Findings();
        MissingDebs missing = new MissingDebs(keys, table, start.installed(), robot.rosDistro());
        findings.addAll(missing.findings(RobotKeys.uses(robot, build, tests)));

        start.checkNames(findings);

        SolveRequest request = start.request().withPins(pins.versions()).withPinsGivingWay(pins.giveWay());
        List<String> common = assembled ? baseRoots() : List.of();
        if (assembled) {
            sets.base(common, names(attempt(roots(request, common), findings)));
        }
        SolveRequest ofServices = request.withRecommends(robot.project().apt().installRecommends());
        for (RobotService service : platform.images() ? robot.services() : List.<RobotService>of()) {
            List<String> wanted = new ArrayList<>(common);
            wanted.addAll(missing.without(keys.packages("apt", service.keys())));
            wanted.addAll(service.compose().extension().apt());
            if (!keys.packages("pip", service.keys()).isEmpty()) {
                wanted.add(PYTHON);
            }
            Findings ofService = new Findings();
            Optional<Solution> solution = attempt(roots(ofServices, wanted), ofService);
            ofService.all().forEach(finding -> findings.add(placed(finding, service)));
            solution.ifPresent(found -> sets.service(service.name(), found));
        }
        if (!build.packages().isEmpty()) {
            SortedSet<String> wanted = new TreeSet<>(missing.without(
                    keys.packages("apt", build.closure().orElseThrow().keys().keySet())));
            wanted.addAll(BuildRootPackages.forOs(os.name(), os.codename(), build.buildTypes()));
            compilerCache(build).ifPresent(wanted::add);
            wanted.addAll(common);
            // The root also gets what the services run with: generators and tests of packages import it.
            robot.services().forEach(service -> wanted.addAll(missing.without(keys.packages("apt", service.keys()))));
            if (!PipWishes.of(robot, Optional.empty(), keys).isEmpty()) {
                wanted.add(PYTHON);
            }
            attempt(roots(request, List.copyOf(wanted)), findings).ifPresent(found -> {
                sets.keep(LockedPlatform.BUILD, found, "build root");
                crossCompilers(request, wanted, names(Optional.of(found)), findings);
            });
        }
        if (makesWheels) {
            SortedSet<String> wanted = new TreeSet<>(WHEEL_MAKING);
            wanted.addAll(common);
            if (table.candidate(TOML).isPresent()) {
                wanted.add(TOML);
            }
            // Sources are compiled against what the services hold besides.
            robot.services().forEach(service -> {
                wanted.addAll(missing.without(keys.packages("apt", service.keys())));
                wanted.addAll(service.compose().extension().apt());
            });
            attempt(roots(request, List.copyOf(wanted)), findings)
                    .ifPresent(found -> sets.keep(LockedPlatform.WHEEL_MAKING, found, "root for making wheels"));
        }
        tests.filter(needs -> !needs.packages().isEmpty())
                .ifPresent(needs -> solve(needs, common, missing, request, findings));
        findings.throwIfErrors();
    }

    /** Last, with the versions that were chosen before: what tests need moves nothing that a robot runs. */
    private void solve(
            TestNeeds tests, List<String> common, MissingDebs missing, SolveRequest request, Findings findings) {
        SortedSet<String> wanted =
                new TreeSet<>(missing.without(keys.packages("apt", tests.keys().keySet())));
        wanted.addAll(BuildRootPackages.forOs(os.name(), os.codename(), tests.buildTypes()));
        wanted.add(PYTEST);
        wanted.addAll(common);
        robot.services().forEach(service -> {
            wanted.addAll(missing.without(keys.packages("apt", service.keys())));
            wanted.addAll(service.compose().extension().apt());
        });
        Map<String, DebianVersion> chosen = new HashMap<>(pins.versions());
        chosen.putAll(sets.versions());
        Set<String> asked = sets.asked();
        attempt(roots(request.withPins(chosen).withPinsGivingWay(false), wanted), findings)
                .ifPresent(found -> sets.keep(LockedPlatform.TEST, found, "test root"));
        // Nor does it change what an image says of a package.
        sets.askOnly(asked);
    }

    /** What saves runs of compilers, where somebody wants that; who has none compiles all the same. */
    private Optional<String> compilerCache(BuildNeeds build) {
        if (!robot.project().build().ccache() || !BuildRootPackages.haveCompilers(build.buildTypes())) {
            return Optional.empty();
        }
        if (table.candidate(CompilerCache.PACKAGE).isEmpty()) {
            sets.notes()
                    .add(
                            Finding.note(
                                            "RB424",
                                            "the archives have no package " + CompilerCache.PACKAGE + " for "
                                                    + platform.platform()
                                                    + ": there compilers run for every file, as without <ccache>")
                                    .at("pom.xml")
                                    .fix(
                                            "add an apt source that has it (Ubuntu: the component universe), or take <ccache> away"));
            return Optional.empty();
        }
        return Optional.of(CompilerCache.PACKAGE);
    }

    /** What must be added to the build root; an archive without them leaves it as it is. */
    private void crossCompilers(
            SolveRequest request, SortedSet<String> wanted, SortedSet<String> root, Findings findings) {
        List<String> compilers = platform.targets().stream()
                .map(GnuMachine::crossCompilers)
                .filter(name -> table.candidate(name).isPresent())
                .toList();
        if (compilers.isEmpty()) {
            return;
        }
        SortedSet<String> all = new TreeSet<>(wanted);
        all.addAll(root);
        all.addAll(compilers);
        Set<String> asked = sets.asked();
        attempt(roots(request, all), findings).ifPresent(found -> {
            sets.keep(LockedPlatform.CROSS, found, "cross compilers");
            sets.leaveOut(LockedPlatform.CROSS, root);
        });
        // What the root came with is not asked for by being there.
        sets.askOnly(asked);
        sets.ask(compilers);
    }

    /** The package is younger than some releases that ROS runs on. */
    private List<String> baseRoots() {
        return table.candidate(MERGED).isPresent() ? List.of(APT, MERGED) : List.of(APT);
    }

    private SolveRequest roots(SolveRequest request, Collection<String> names) {
        return request.withRoots(List.copyOf(new TreeSet<>(names)));
    }

    private Optional<Solution> attempt(SolveRequest request, Findings findings) {
        try {
            Solution solution = Solver.solve(table, request);
            start.check(solution, findings, sets.notes());
            sets.ask(request.roots());
            return Optional.of(solution);
        } catch (FindingException e) {
            findings.addAll(e.findings());
            return Optional.empty();
        }
    }

    /** Where the user asked for the package: in the manifest, if it was not a key of a package.xml. */
    private static Finding placed(Finding finding, RobotService service) {
        boolean asked = finding.file().isEmpty()
                && finding.packageName().isPresent()
                && service.compose().extension().apt().stream()
                        .anyMatch(one -> one.replaceFirst("=.*", "")
                                .equals(finding.packageName().get()));
        Finding placed =
                asked ? service.compose().places().of("x-rosbalena.apt").place(finding) : finding;
        return placed.inService(service.name());
    }

    private static SortedSet<String> names(Optional<Solution> solution) {
        SortedSet<String> names = new TreeSet<>();
        solution.ifPresent(found -> found.candidates().forEach(candidate -> names.add(candidate.name())));
        return names;
    }
}
