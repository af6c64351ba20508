package io.rosbalena.robot.building;

import io.rosbalena.apt.Candidate;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.Engine;
import io.rosbalena.colcon.EngineName;
import io.rosbalena.compose.ImageFile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Severity;
import io.rosbalena.image.Image;
import io.rosbalena.image.Layer;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.rules.Contents;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.base.ForeignImages;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.bytecode.ByteCode;
import io.rosbalena.robot.compiling.CompiledPlatforms;
import io.rosbalena.robot.compiling.Compiling;
import io.rosbalena.robot.compiling.Verification;
import io.rosbalena.robot.deb.SetIdPolicy;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.locking.LockProof;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.locking.Sharing;
import io.rosbalena.robot.preflight.Preflight;
import io.rosbalena.robot.preflight.SecretSearch;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.ManifestLint;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.WorkspaceSources;
import io.rosbalena.robot.sbom.ServiceBoms;
import io.rosbalena.robot.service.ServiceFiles;
import io.rosbalena.robot.service.ServiceImages;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.symbols.DebugArchive;
import io.rosbalena.robot.wheel.LockedWheels;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Remembered;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Building: from the workspace and the lock to images and manifest. */
public final class Building {
    private final Robot robot;
    private final StageTimes times;
    private final Surroundings surroundings;
    private final Findings findings = new Findings();
    private final Map<Platform, List<OciLayout.Entry>> foreign = new HashMap<>();

    private Building(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.times = new StageTimes(surroundings.console());
        this.surroundings = surroundings.with(times);
    }

    /**
     * Builds a robot. What is not changed is not made again.
     *
     * @throws io.rosbalena.finding.FindingException with everything that is wrong with the project; the output of the
     *     build before is then untouched
     */
    public static BuildOutcome build(RobotProject project, Surroundings surroundings)
            throws IOException, InterruptedException {
        return built(project, surroundings).outcome();
    }

    /** Builds a robot, for those who go on with it. */
    public static BuiltRobot built(RobotProject project, Surroundings surroundings)
            throws IOException, InterruptedException {
        return new Building(Robot.read(project, surroundings.store()), surroundings).build();
    }

    private BuiltRobot build() throws IOException, InterruptedException {
        List<Base> bases = Collections.synchronizedList(new ArrayList<>());
        try {
            return build(bases);
        } finally {
            for (Base base : bases) {
                base.close();
            }
        }
    }

    /** @param bases gets those that were opened */
    private BuiltRobot build(List<Base> bases) throws IOException, InterruptedException {
        robot.findings().forEach(surroundings.console()::finding);
        robot.project().variant().said().ifPresent(surroundings.console()::message);
        BuildNeeds needs = BuildNeeds.of(robot);
        Parallel.Both<SortedMap<String, SourceTree>, LockFile> read = times.measure(
                "lock", () -> Parallel.both(() -> sources(needs), () -> Locking.current(robot, surroundings)));
        SortedMap<String, SourceTree> sources = read.one();
        LockFile lock = read.other();
        Verification verification = Verification.of(robot, needs, findings);
        findings.throwIfErrors();
        Optional<Engine> engine = new Compiling(robot, surroundings).ofThisMachine(needs);
        SortedMap<String, ServiceFiles> serviceFiles = ServiceFiles.read(robot, findings);
        Digest key = BuildKey.of(
                robot, lock, needs, sources, engine, surroundings.results().signers(), serviceFiles);
        findings.throwIfErrors();
        LockProof proof = new LockProof(robot, surroundings);
        boolean demanded = robot.project().apt().trust().verifyLock();
        if (demanded) {
            proof.check(lock.lock());
        }
        Remembered<Digest, BuildStage.Built> memory =
                new Remembered<>(new BuildStage(), surroundings.store(), surroundings.results());
        Optional<BuildStage.Built> known = memory.find(key);
        if (known.isPresent() && !verification.isWanted()) {
            surroundings.console().message(unchanged(known.get()));
            return share(lock, write(known.get()));
        }
        if (!demanded) {
            // What was built already was proved then, as far as it could be.
            proof.check(lock.lock());
        }
        try (SystemState states =
                new SystemState(robot.unknownScripts(), new SetIdPolicy(robot.allowSetId()), surroundings)) {
            BuildStage.Built built = compute(lock, needs, sources, engine, verification, serviceFiles, states, bases);
            memory.keep(key, built);
            return share(lock, write(built));
        }
    }

    private BuiltRobot share(LockFile lock, BuiltRobot built) throws IOException {
        Sharing.give(robot.project(), lock.lock(), surroundings);
        if (robot.engine().isHermetic()) {
            surroundings.cache().giveResults(surroundings.console());
        }
        return built;
    }

    private BuiltRobot write(BuildStage.Built built) throws IOException, InterruptedException {
        BuiltRobot written = times.measure("output", () -> BuildOutput.write(robot, built, surroundings.store()));
        times.write(robot.project().files().output().resolve("timing.json"));
        surroundings.console().message(summary(built));
        return written;
    }

    private BuildStage.Built compute(
            LockFile file,
            BuildNeeds needs,
            SortedMap<String, SourceTree> sources,
            Optional<Engine> engine,
            Verification verification,
            SortedMap<String, ServiceFiles> serviceFiles,
            SystemState states,
            List<Base> bases)
            throws IOException, InterruptedException {
        Lock lock = file.lock();
        robot.repositories().forEach(one -> surroundings.console().message(one.line()));
        Map<String, Contents> contents = contents(lock, bases);
        ManifestLint.check(robot, contents, findings);
        findings.throwIfErrors();
        CompiledPlatforms compiling = new CompiledPlatforms(
                robot,
                lock,
                needs,
                sources,
                engine,
                verification,
                states,
                (locked, platform) -> base(locked, platform, bases),
                surroundings);
        for (Platform platform : robot.platforms()) {
            begin(locked(lock, platform), platform, states, bases);
        }
        Map<Platform, CompiledWorkspace> workspaces = times.measure("compile", compiling::compile);
        workspaces.forEach((platform, compiled) -> {
            if (!compiled.trees().isEmpty() && robot.engine() != EngineName.PREBUILT) {
                surroundings.console().message(compiled(compiled, platform));
            }
        });
        Map<Platform, SortedMap<String, Image>> images = new LinkedHashMap<>();
        Map<Platform, SortedMap<String, Digest>> boms = new LinkedHashMap<>();
        ServiceBoms writer = new ServiceBoms(robot, lock, sources, states, surroundings);
        Preflight preflight = new Preflight(robot, lock, states, surroundings, findings);
        SecretSearch secrets = new SecretSearch(robot, surroundings, findings);
        Optional<Manifest> manifest = Optional.empty();
        for (Platform platform : robot.platforms()) {
            LockedPlatform locked = locked(lock, platform);
            Base base = base(locked, platform, bases);
            CompiledWorkspace compiled = Objects.requireNonNull(workspaces.get(platform));
            LockedWheels.ensure(robot.project(), locked, platform, base, states, surroundings);
            if (manifest.isEmpty()) {
                manifest = Optional.of(Manifest.of(robot, compiled, contents, findings));
            }
            Optional<ByteCode> byteCode = locked.pyc() ? byteCode(lock, states, bases) : Optional.empty();
            ServiceImages services = new ServiceImages(
                    robot, platform, locked, base, states, compiled, serviceFiles, byteCode, surroundings, findings);
            List<ImageFile> files = manifest.get().files();
            SortedMap<String, Image> written = times.measure("images " + platform, () -> services.write(files));
            images.put(platform, written);
            times.measure("preflight " + platform, () -> {
                secrets.search(services);
                preflight.check(platform, locked, base, compiled, written, services);
                return written;
            });
            boms.put(platform, times.measure("sbom " + platform, () -> writer.write(platform, locked, base, written)));
            foreign.put(
                    platform,
                    times.measure(
                            "copied images " + platform,
                            () -> new ForeignImages(robot, surroundings).fetch(lock, platform)));
        }
        secrets.unused();
        findings.throwIfErrors();
        Map<Platform, Layer> debug = times.measure("debug", () -> debug(workspaces));
        findings.all().forEach(surroundings.console()::finding);
        findings.addAll(robot.findings());
        refuseWarnings();
        return BuildOutput.keep(
                robot,
                file,
                manifest.orElseThrow(),
                images,
                foreign,
                boms,
                debug,
                findings.all(),
                surroundings.store());
    }

    /** What the packages of images leave does not wait for the compiler, which often leaves processors idle. */
    private void begin(LockedPlatform locked, Platform platform, SystemState states, List<Base> bases)
            throws IOException {
        Base base = base(locked, platform, bases);
        states.ensure(SystemState.inImages(locked), base);
        states.begin(!robot.project().build().pruneDocs(), locked, platform, base);
    }

    /** Which packages services have, now that there is a lock. */
    private Map<String, Contents> contents(Lock lock, List<Base> bases) throws IOException {
        Platform platform = robot.platforms().get(0);
        LockedPlatform locked = locked(lock, platform);
        Set<String> installed = base(locked, platform, bases).installed().stream()
                .map(Candidate::name)
                .collect(Collectors.toSet());
        Map<String, Contents> contents = new HashMap<>();
        for (RobotService service : robot.services()) {
            SortedSet<String> system = new TreeSet<>();
            locked.members(service.name()).forEach(one -> system.add(one.name()));
            contents.put(service.name(), new Contents(service.packages(), Optional.of(system), installed));
        }
        return contents;
    }

    private Map<Platform, Layer> debug(Map<Platform, CompiledWorkspace> workspaces) throws IOException {
        Map<Platform, Layer> archives = new LinkedHashMap<>();
        for (Map.Entry<Platform, CompiledWorkspace> one : workspaces.entrySet()) {
            DebugArchive.write(one.getValue(), surroundings.store(), surroundings.results())
                    .ifPresent(archive -> archives.put(one.getKey(), archive));
        }
        return archives;
    }

    /** What the user has now, and where; layers that several images share count once. */
    private String summary(BuildStage.Built built) {
        int images = built.images().values().stream().mapToInt(Map::size).sum();
        double bytes = built.blobs().entrySet().stream()
                .filter(blob -> !built.debug().containsValue(blob.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        RobotProject.Files files = robot.project().files();
        return String.format(
                Locale.ROOT,
                "%d %s, %.1f MB: %s; manifest: %s",
                images,
                images == 1 ? "image" : "images",
                bytes / 1e6,
                files.show(files.output().resolve("images")),
                files.show(files.output().resolve("docker-compose.yml")));
    }

    private String compiled(CompiledWorkspace workspace, Platform platform) {
        int now = workspace.compiled().size();
        return "compiled " + now + " of " + workspace.trees().size() + " packages"
                + (robot.platforms().size() > 1 ? " for " + platform : "")
                + (now < workspace.trees().size() ? "; the others are as they were" : "");
    }

    private static String unchanged(BuildStage.Built built) {
        String warnings = built.warnings() == 1 ? "1 warning" : built.warnings() + " warnings";
        return "nothing changed since it was built"
                + (built.warnings() == 0 ? "" : "; its " + warnings + " stand in target/rosbalena/build.json");
    }

    private void refuseWarnings() {
        boolean warned = findings.all().stream().anyMatch(finding -> finding.severity() == Severity.WARNING);
        if (warned && robot.project().build().strict()) {
            throw FindingException.input(Finding.error("RB732", "there are warnings, and the build is strict")
                    .fix("mend what the warnings above say, or build without -Drosbalena.strict"));
        }
    }

    /** Compiled in the root of this machine's platform, too: byte code is the same for all of them. */
    private Optional<ByteCode> byteCode(Lock lock, SystemState states, List<Base> bases) throws IOException {
        Platform here = Platforms.ofThisMachine().orElseThrow();
        LockedPlatform locked = locked(lock, here);
        BuildRootMaking making = new BuildRootMaking(
                LockedPlatform.BUILD, locked, here, base(locked, here, bases), states, surroundings);
        return ByteCode.in(making, locked, surroundings);
    }

    private Base base(LockedPlatform locked, Platform platform, List<Base> bases) throws IOException {
        Base base = Bases.locked(robot, locked.base(), platform, surroundings);
        bases.add(base);
        return base;
    }

    private static LockedPlatform locked(Lock lock, Platform platform) {
        return Optional.ofNullable(lock.platforms().get(platform.toString()))
                .orElseThrow(() -> new IllegalStateException("the lock has no platform " + platform));
    }

    private SortedMap<String, SourceTree> sources(BuildNeeds needs) throws IOException {
        SortedMap<String, SourceTree> sources =
                WorkspaceSources.read(robot, needs.packages(), surroundings.store(), findings);
        findings.throwIfErrors();
        return sources;
    }
}
