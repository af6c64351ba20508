package io.rosbalena.robot.locking;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.ArchiveRules;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.lock.LockedImage;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.base.ForeignImages;
import io.rosbalena.robot.bytecode.ByteCode;
import io.rosbalena.robot.deb.Archives;
import io.rosbalena.robot.deb.SetIdPolicy;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.CompilingFor;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.ChosenWheels;
import io.rosbalena.robot.wheel.WheelLocking;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.store.Digest;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.resolve.WheelRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a lock from what archives and databases say now. */
final class LockMaking {
    /** The form of gzip layers: independent pieces of 1 MiB by zlib at level 4. Another form gives other digests. */
    private static final String COMPRESSOR = "deflate-4-1m";

    private final Robot robot;
    private final Surroundings surroundings;
    private final SortedMap<String, LockedArchive> archives = new TreeMap<>();
    private SortedMap<String, LockedArchive> archivesBefore = new TreeMap<>();
    private final Set<String> updates = new TreeSet<>();
    private final Set<Digest> kept = new TreeSet<>();
    private Optional<TestNeeds> tests = Optional.empty();

    LockMaking(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
    }

    /** Everything as it is now; layers are kept unless {@code relayer}. */
    Lock anew(Optional<Lock> before, boolean relayer) throws IOException, InterruptedException {
        return make(before, false, !relayer);
    }

    /**
     * The newest versions of some packages and wheels; everything else stays as it is, unless they need another version of
     * it.
     *
     * @param names of Debian packages and Python projects
     * @throws FindingException RB306 if the lock has none of such a name
     */
    Lock updated(Lock before, Set<String> names) throws IOException, InterruptedException {
        updates.addAll(UpdateNames.known(before, names, robot.project()));
        return make(Optional.of(before), true, true);
    }

    /**
     * Every pin that is still wanted, and what is missing. Where an archive does not answer, it is as it was when the lock
     * was made.
     *
     * @param withTests whether there is to be a root for tests, which stays if there is one
     */
    Lock completed(Optional<Lock> before, boolean withTests) throws IOException, InterruptedException {
        before.ifPresent(lock -> lock.archives().values().forEach(archive -> kept.addAll(archive.states())));
        if (withTests) {
            tests = Optional.of(TestNeeds.of(robot));
        }
        return make(before, true, true);
    }

    private Lock make(Optional<Lock> before, boolean keepVersions, boolean keepLayers)
            throws IOException, InterruptedException {
        if (before.flatMap(Lock::testsAsked).isPresent()) {
            tests = Optional.of(TestNeeds.of(robot));
        }
        archivesBefore = before.map(Lock::archives).orElseGet(TreeMap::new);
        EndOfLife.of(robot.rosDistro(), surroundings.clock()).ifPresent(surroundings.console()::finding);
        RosdepDatabase database = Databases.open(
                robot,
                keepVersions ? before.map(Lock::databases).orElseGet(TreeMap::new) : new TreeMap<>(),
                surroundings);
        SortedMap<String, LockedPlatform> platforms = new TreeMap<>();
        for (CompilingFor one : CompilingFor.all(robot, BuildNeeds.of(robot))) {
            String name = one.platform().toString();
            surroundings
                    .console()
                    .stage("Resolving packages for " + name + (one.images() ? "" : ", which is compiled on"));
            Optional<LockedPlatform> old = before.map(lock -> lock.platforms().get(name));
            try {
                platforms.put(name, platform(one, database, old, keepVersions, keepLayers));
            } catch (FindingException e) {
                if (one.images() || e.kind() == FindingException.Kind.ENVIRONMENT) {
                    throw e;
                }
                surroundings.console().finding(notCompiledOn(one.platform(), e));
            }
        }
        return new Lock(
                Asked.digest(robot),
                tests.map(any -> Asked.ofTests(robot)),
                COMPRESSOR,
                database.consulted(),
                archives,
                images(before, keepVersions),
                platforms);
    }

    private static Finding notCompiledOn(Platform platform, FindingException why) {
        return Finding.note(
                "RB491",
                "the robot can be compiled on machines of its own platform only, not on " + platform + ": "
                        + why.findings().get(0).message());
    }

    private LockedPlatform platform(
            CompilingFor purpose,
            RosdepDatabase database,
            Optional<LockedPlatform> old,
            boolean keepVersions,
            boolean keepLayers)
            throws IOException, InterruptedException {
        Optional<LockedBase> known = old.map(LockedPlatform::base).filter(any -> keepVersions);
        try (Base base = Bases.kept(robot, known, purpose.platform(), surroundings)) {
            return platform(purpose, base, database, old, keepVersions, keepLayers);
        }
    }

    private LockedPlatform platform(
            CompilingFor purpose,
            Base base,
            RosdepDatabase database,
            Optional<LockedPlatform> old,
            boolean keepVersions,
            boolean keepLayers)
            throws IOException, InterruptedException {
        Map<String, DebianVersion> pins = new HashMap<>();
        Map<String, String> layers = new HashMap<>();
        old.ifPresent(one -> one.packages().forEach(each -> {
            if (keepVersions && !updates.contains(each.name())) {
                pins.put(each.name(), new DebianVersion(each.version()));
            }
            if (keepLayers && !each.layer().equals(LockedPackage.NO_LAYER)) {
                layers.put(each.name(), each.layer());
            }
        }));
        Findings findings = new Findings();
        ArchiveRules rules = RobotRules.of(robot.project(), base, findings);
        findings.all().forEach(surroundings.console()::finding);
        Archives found = archives(base, rules, purpose.platform());
        if (rules.snapshots().date().isEmpty()) {
            RobotProject.Files files = robot.project().files();
            Replay.refuse(found.table().archives().values(), archivesBefore, files.show(files.lock()));
        }
        Known known = new Known(pins, layers, keepVersions ? versions(old) : new TreeMap<>(), keepVersions, old);
        // Wheels are made in a root with compilers, which is solved and fetched only where a wheel must be made.
        boolean here = Platforms.ofThisMachine().equals(Optional.of(purpose.platform()));
        boolean made = here
                && old.filter(one -> keepVersions && one.sets().containsKey(LockedPlatform.WHEEL_MAKING))
                        .isPresent();
        Optional<LockedPlatform> locked = platform(purpose, base, database, found, known, made);
        if (locked.isEmpty() && here && !made) {
            locked = platform(purpose, base, database, found, known, true);
        }
        return locked.orElseThrow(() -> new IllegalStateException("wheels without a choice"));
    }

    private Archives archives(Base base, ArchiveRules rules, Platform platform) throws IOException {
        List<AptSource> sources = sources(base);
        try {
            return Archives.open(sources, rules, platform, kept, surroundings);
        } catch (FindingException e) {
            throw base.explained(e);
        }
    }

    private List<AptSource> sources(Base base) throws IOException {
        Optional<Duration> age = robot.project().apt().maxIndexAge();
        return base.sources().stream()
                .map(source -> age.map(source::withMaxIndexAge).orElse(source))
                .toList();
    }

    /**
     * What a lock before says.
     *
     * @param pins versions of packages that are kept
     * @param layers layers of packages that are kept
     * @param wheels versions of wheels that are kept
     * @param keeps whether everything stays that need not change
     * @param platform the platform as it was
     */
    private record Known(
            Map<String, DebianVersion> pins,
            Map<String, String> layers,
            SortedMap<String, PythonVersion> wheels,
            boolean keeps,
            Optional<LockedPlatform> platform) {}

    private SortedMap<String, PythonVersion> versions(Optional<LockedPlatform> old) {
        SortedMap<String, PythonVersion> versions = new TreeMap<>();
        old.ifPresent(one -> one.installedWheels().stream()
                .filter(wheel -> !updates.contains(wheel.name()))
                .forEach(wheel -> PythonVersion.parse(wheel.version())
                        .ifPresent(version -> versions.put(wheel.name(), version))));
        return versions;
    }

    /** @return empty if a wheel must be made, and there is to be no root to make it in */
    private Optional<LockedPlatform> platform(
            CompilingFor purpose, Base base, RosdepDatabase database, Archives found, Known known, boolean makesWheels)
            throws IOException, InterruptedException {
        TargetOs os = base.os().orElseGet(found::os);
        PlatformSets sets = PlatformSolving.solve(
                robot,
                purpose,
                found.table(),
                os,
                database,
                new Pins(found.available(known.pins()), !updates.isEmpty()),
                BasePackages.of(base, robot.project().apt().upgradeBase()),
                tests,
                makesWheels);
        sets.notes().all().forEach(surroundings.console()::finding);
        try (SystemState states =
                new SystemState(robot.unknownScripts(), new SetIdPolicy(robot.allowSetId()), surroundings)) {
            if (purpose.images() || !wishes(purpose, sets).isEmpty()) {
                found.download(toFetch(sets, known), surroundings, states::readIfInImages);
            }
            if (purpose.images() && robot.project().apt().prune()) {
                new PrunedSets(robot, base, states, surroundings).prune(sets);
            }
            return platform(purpose, base, found, known, sets, states);
        }
    }

    /** All packages but those that only tests need, which only tests fetch; unless wheels are to stand beside them. */
    private List<LockedPackage> toFetch(PlatformSets sets, Known known) {
        boolean all = PipWishes.of(robot, tests, sets.keys()).containsKey(LockedPlatform.TEST);
        return sets.packages(known.layers()).stream()
                .filter(one -> all || !sets.isForTestsAlone(one.name()))
                .toList();
    }

    private Optional<LockedPlatform> platform(
            CompilingFor purpose, Base base, Archives found, Known known, PlatformSets sets, SystemState states)
            throws IOException, InterruptedException {
        Platform platform = purpose.platform();
        List<LockedPackage> packages = sets.packages(known.layers());
        packages.forEach(one -> tellIfItStays(one, found));
        LockedPlatform draft = new LockedPlatform(
                base.locked(),
                hasByteCode(packages, sets, known),
                known.platform().map(LockedPlatform::accounts).orElseGet(TreeMap::new),
                packages,
                List.of(),
                lists(sets.sets()),
                lists(sets.pruned()));
        LockedPlatform withAccounts = draft.withAccounts(states.accounts(draft, platform, base));
        Optional<ChosenWheels> wheels = new WheelLocking(
                        robot.project(), withAccounts, platform, base, states, surroundings)
                .choose(wishes(purpose, sets), known.wheels());
        if (wheels.isPresent()) {
            sets.archives()
                    .forEach((id, archive) -> archives.merge(id.toString(), locked(archive), LockedArchive::and));
        }
        return wheels.map(chosen -> chosen.in(withAccounts));
    }

    /** What stands in no image is not wished for where there are none. */
    private SortedMap<String, List<WheelRequest.Wish>> wishes(CompilingFor purpose, PlatformSets sets) {
        SortedMap<String, List<WheelRequest.Wish>> wishes = PipWishes.of(robot, tests, sets.keys());
        if (!purpose.images()) {
            wishes.keySet().retainAll(Set.of(LockedPlatform.BUILD, LockedPlatform.TEST));
        }
        return wishes;
    }

    /** As it was, where a lock is only completed: to add byte code would change every layer with Python. */
    private boolean hasByteCode(List<LockedPackage> packages, PlatformSets sets, Known known) {
        SortedSet<String> root = sets.sets().getOrDefault(LockedPlatform.BUILD, new TreeSet<>());
        boolean possible = robot.project().build().byteCode()
                && ByteCode.isMadeIn(packages.stream()
                        .filter(one -> root.contains(one.name()))
                        .toList());
        return possible
                && (!known.keeps() || known.platform().map(LockedPlatform::pyc).orElse(true));
    }

    private static SortedMap<String, List<String>> lists(SortedMap<String, SortedSet<String>> sets) {
        SortedMap<String, List<String>> lists = new TreeMap<>();
        sets.forEach((name, names) -> lists.put(name, List.copyOf(names)));
        return lists;
    }

    private void tellIfItStays(LockedPackage one, Archives found) {
        if (updates.contains(one.name())) {
            found.table()
                    .candidate(one.name())
                    .filter(newest -> !newest.version().toString().equals(one.version()))
                    .ifPresent(
                            newest -> surroundings
                                    .console()
                                    .finding(
                                            Finding.warning(
                                                            "RB307",
                                                            one.name() + " stays at " + one.version()
                                                                    + ": what is locked besides does not go" + " with "
                                                                    + newest.version())
                                                    .fix(
                                                            "name what holds it back in -Drosbalena.update, too, or lock everything anew")));
        }
    }

    private SortedMap<String, LockedImage> images(Optional<Lock> before, boolean keep)
            throws IOException, InterruptedException {
        return new ForeignImages(robot, surroundings).lock(before.filter(lock -> keep));
    }

    private static LockedArchive locked(Archive archive) {
        return new LockedArchive(
                archive.id().origin(),
                archive.id().label(),
                archive.id().suite(),
                archive.id().component(),
                archive.key().isEmpty() ? LockedArchive.UNSIGNED : archive.key(),
                archive.keyExpires()
                        .map(end -> end.atOffset(ZoneOffset.UTC).toLocalDate().toString()),
                archive.inRelease(),
                archive.date().toString(),
                List.of());
    }
}
