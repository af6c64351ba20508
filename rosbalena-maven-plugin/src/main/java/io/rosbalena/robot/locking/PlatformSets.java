package io.rosbalena.robot.locking;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.Candidate;
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
import io.rosbalena.lock.LockedPackage;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Debian packages of one platform: for each service, for the base and for the build root, all solved against one
 * table of candidates, so that a name has one version.
 */
final class PlatformSets {
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
    private final RosdepDatabase database;
    private final Pins pins;
    private final BasePackages start;
    private final Findings notes = new Findings();
    private final SortedMap<String, SortedSet<String>> sets = new TreeMap<>();
    private final SortedMap<String, Solution> services = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> pruned = new TreeMap<>();
    private final SortedMap<String, Solution.Choice> choices = new TreeMap<>();
    private final Set<String> manual = new TreeSet<>();
    private final Map<String, String> why = new HashMap<>();
    private SortedSet<String> base = new TreeSet<>();
    private ResolvedKeys keys = new ResolvedKeys(new TreeMap<>(), List.of());

    private PlatformSets(
            Robot robot,
            CompilingFor platform,
            CandidateTable table,
            TargetOs os,
            RosdepDatabase database,
            Pins pins,
            BasePackages start) {
        this.robot = robot;
        this.platform = platform;
        this.table = table;
        this.os = os;
        this.database = database;
        this.pins = pins;
        this.start = start;
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
        PlatformSets sets = new PlatformSets(robot, platform, table, os, database, pins, start);
        sets.solve(tests, makesWheels);
        return sets;
    }

    private void solve(Optional<TestNeeds> tests, boolean makesWheels) {
        boolean assembled = start.assembled();
        BuildNeeds build = BuildNeeds.of(robot);
        keys = RobotKeys.resolve(robot, build, tests, database, os);
        Findings findings = new Findings();
        MissingDebs missing = new MissingDebs(keys, table, start.installed(), robot.rosDistro());
        findings.addAll(missing.findings(RobotKeys.uses(robot, build, tests)));

        start.checkNames(findings);

        SolveRequest request = start.request().withPins(pins.versions()).withPinsGivingWay(pins.giveWay());
        List<String> common = assembled ? baseRoots() : List.of();
        if (assembled) {
            base = names(attempt(roots(request, common), findings));
            common.forEach(name -> why.put(name, "every base"));
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
            solution.ifPresent(found -> {
                services.put(service.name(), found);
                keep(service.name(), found, "service " + service.name());
            });
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
                keep(LockedPlatform.BUILD, found, "build root");
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
                    .ifPresent(found -> keep(LockedPlatform.WHEEL_MAKING, found, "root for making wheels"));
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
        choices.forEach((name, choice) -> chosen.put(name, choice.candidate().version()));
        Set<String> asked = Set.copyOf(manual);
        attempt(roots(request.withPins(chosen).withPinsGivingWay(false), wanted), findings)
                .ifPresent(found -> keep(LockedPlatform.TEST, found, "test root"));
        // Nor does it change what an image says of a package.
        manual.retainAll(asked);
    }

    /** What saves runs of compilers, where somebody wants that; who has none compiles all the same. */
    private Optional<String> compilerCache(BuildNeeds build) {
        if (!robot.project().build().ccache() || !BuildRootPackages.haveCompilers(build.buildTypes())) {
            return Optional.empty();
        }
        if (table.candidate(CompilerCache.PACKAGE).isEmpty()) {
            notes.add(Finding.note(
                            "RB424",
                            "the archives have no package " + CompilerCache.PACKAGE + " for " + platform.platform()
                                    + ": there compilers run for every file, as without <ccache>")
                    .at("pom.xml")
                    .fix("add an apt source that has it (Ubuntu: the component universe), or take <ccache> away"));
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
        Set<String> asked = new TreeSet<>(manual);
        attempt(roots(request, all), findings).ifPresent(found -> {
            keep(LockedPlatform.CROSS, found, "cross compilers");
            sets.computeIfPresent(LockedPlatform.CROSS, (set, names) -> without(names, root));
        });
        // What the root came with is not asked for by being there.
        manual.retainAll(asked);
        manual.addAll(compilers);
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
            start.check(solution, findings, notes);
            request.roots().forEach(root -> manual.add(root.replaceFirst("=.*", "")));
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

    private void keep(String set, Solution solution, String asker) {
        SortedSet<String> names = new TreeSet<>();
        for (Solution.Choice choice : solution.packages()) {
            String name = choice.candidate().name();
            names.add(name);
            Solution.Choice before = choices.putIfAbsent(name, choice);
            if (before != null
                    && !before.candidate().version().equals(choice.candidate().version())) {
                throw FindingException.input(Finding.error(
                                "RB712",
                                "two versions of " + name + " are needed: "
                                        + before.candidate().version() + " by " + why.get(name) + ", "
                                        + choice.candidate().version() + " by " + asker)
                        .fix("ask for one of them in x-rosbalena.apt of both, as " + name + "=VERSION"));
            }
            why.putIfAbsent(
                    name,
                    choice.why().by().isPresent() || choice.why().relation().equals("every system")
                            ? choice.why().toString()
                            : asker);
        }
        sets.put(set, names);
    }

    private static SortedSet<String> without(SortedSet<String> names, SortedSet<String> others) {
        SortedSet<String> left = new TreeSet<>(names);
        left.removeAll(others);
        return left;
    }

    private static SortedSet<String> names(Optional<Solution> solution) {
        SortedSet<String> names = new TreeSet<>();
        solution.ifPresent(found -> found.candidates().forEach(candidate -> names.add(candidate.name())));
        return names;
    }

    /** Names of the packages of the services' images that come from archives, by service; and of the build root. */
    SortedMap<String, SortedSet<String>> sets() {
        return sets;
    }

    /** Whether a package stands in no set but that of the test root. */
    boolean isForTestsAlone(String name) {
        return sets.entrySet().stream()
                .filter(set -> set.getValue().contains(name))
                .allMatch(set -> set.getKey().equals(LockedPlatform.TEST));
    }

    /** What each service is made of, before anything of it is pruned. */
    SortedMap<String, Solution> services() {
        return services;
    }

    /** Names of the packages that every image stands on; none for a ready-made base. */
    SortedSet<String> base() {
        return base;
    }

    /** Takes packages out of a service's image. */
    void prune(String service, SortedSet<String> names) {
        SortedSet<String> left = new TreeSet<>(sets.getOrDefault(service, new TreeSet<>()));
        left.removeAll(names);
        sets.put(service, left);
        pruned.put(service, names);
    }

    /** Names of the packages that were taken out of services' images, by service. */
    SortedMap<String, SortedSet<String>> pruned() {
        return pruned;
    }

    /** What is to be told, though a lock can be made. */
    List<Finding> notes() {
        return notes.all();
    }

    /** The keys of the robot, resolved. */
    ResolvedKeys keys() {
        return keys;
    }

    /** The archives that packages come from. */
    SortedMap<ArchiveId, Archive> archives() {
        SortedMap<ArchiveId, Archive> used = new TreeMap<>();
        choices.values()
                .forEach(choice -> choice.candidate().deb().ifPresent(deb -> {
                    Archive archive = table.archives().get(deb.archive());
                    if (archive != null) {
                        used.put(deb.archive(), archive);
                    }
                }));
        return used;
    }

    /**
     * The packages as the lock writes them down.
     *
     * @param layers the layers that are known already
     */
    List<LockedPackage> packages(Map<String, String> layers) {
        SortedMap<String, SortedSet<String>> images = new TreeMap<>(sets);
        images.remove(LockedPlatform.BUILD);
        images.remove(LockedPlatform.CROSS);
        images.remove(LockedPlatform.WHEEL_MAKING);
        images.remove(LockedPlatform.TEST);
        SortedSet<String> inImages = new TreeSet<>();
        images.values().forEach(inImages::addAll);
        List<LayerAssignment.Placed> placed = choices.values().stream()
                .map(Solution.Choice::candidate)
                .filter(candidate -> inImages.contains(candidate.name()))
                .map(candidate -> new LayerAssignment.Placed(
                        candidate.name(),
                        rate(candidate),
                        candidate.deb().orElseThrow().size()))
                .toList();
        SortedMap<String, String> assigned = LayerAssignment.assign(placed, base, images, layers);
        List<LockedPackage> packages = new ArrayList<>();
        choices.forEach((name, choice) -> {
            Candidate candidate = choice.candidate();
            candidate
                    .deb()
                    .ifPresent(deb -> packages.add(new LockedPackage(
                            name,
                            candidate.version().toString(),
                            candidate.architecture(),
                            deb.archive().toString(),
                            deb.filename(),
                            deb.size(),
                            deb.sha256(),
                            assigned.getOrDefault(name, LockedPackage.NO_LAYER),
                            !manual.contains(name),
                            why.getOrDefault(name, ""))));
        });
        packages.sort(Comparator.naturalOrder());
        return packages;
    }

    /** How fast an archive's packages change: the kind of layer that they stand in. */
    private String rate(Candidate candidate) {
        ArchiveId archive = candidate.deb().orElseThrow().archive();
        boolean distribution =
                List.of("debian", "ubuntu").contains(archive.origin().toLowerCase(java.util.Locale.ROOT));
        if (!distribution) {
            return candidate.name().startsWith("ros-") ? "ros" : "other";
        }
        return archive.suite().contains("-") ? "updates" : "system";
    }
}
