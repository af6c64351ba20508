package io.rosbalena.robot;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Image;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockWriter;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.Digest;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.RememberedFileDigests;
import io.rosbalena.workspace.source.SourceReader;
import io.rosbalena.workspace.source.SourceRules;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Building: from the workspace and the lock to images and manifest. */
public final class Building {
    private final Robot robot;
    private final Surroundings surroundings;
    private final Findings findings = new Findings();
    private final Map<Platform, List<OciLayout.Entry>> foreign = new HashMap<>();

    private Building(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
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
    static BuiltRobot built(RobotProject project, Surroundings surroundings) throws IOException, InterruptedException {
        return new Building(Robot.read(project), surroundings).build();
    }

    private BuiltRobot build() throws IOException, InterruptedException {
        List<Base> bases = new ArrayList<>();
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
        Lock lock = Locking.current(robot, surroundings);
        BuildNeeds needs = BuildNeeds.of(robot);
        SortedMap<String, SourceTree> sources = sources(needs);
        SystemState states = new SystemState(surroundings);
        SortedMap<Platform, SortedMap<String, Image>> images = new TreeMap<>(Comparator.comparing(Platform::toString));
        Optional<CompiledWorkspace> compiled = Optional.empty();
        Optional<Manifest> manifest = Optional.empty();
        for (Platform platform : robot.platforms()) {
            LockedPlatform locked = lock.platforms().get(platform.toString());
            if (locked == null) {
                throw new IllegalStateException("the lock has no platform " + platform);
            }
            Base base = Bases.locked(robot, locked.base(), platform, surroundings);
            bases.add(base);
            Mirrors.ensure(SystemState.inImages(locked), base, surroundings);
            if (compiled.isEmpty()) {
                compiled = Optional.of(new Compiling(robot, surroundings)
                        .compile(needs, sources, new BuildRootMaking(locked, platform, base, states, surroundings)));
            }
            if (manifest.isEmpty()) {
                manifest = Optional.of(Manifest.of(robot, compiled.get(), locked, findings));
            }
            images.put(
                    platform,
                    new ServiceImages(robot, platform, locked, base, states, compiled.get(), surroundings, findings)
                            .write(manifest.get().scripts()));
            foreign.put(platform, new ForeignImages(robot, surroundings).fetch(lock, platform));
        }
        return output(lock, manifest.orElseThrow(), images);
    }

    private SortedMap<String, SourceTree> sources(BuildNeeds needs) throws IOException {
        RobotProject project = robot.project();
        SourceRules rules = new SourceRules(
                project.files().directory(),
                project.build().sourceRoots(),
                List.of(project.files().output().getParent()));
        SortedMap<String, SourceTree> sources = new TreeMap<>();
        try (RememberedFileDigests digests = RememberedFileDigests.open(surroundings
                .store()
                .root()
                .resolve("file-digests")
                .resolve(Digest.of(project.files().directory().toString()).hex()))) {
            SourceReader reader = new SourceReader(robot.workspace(), rules, digests);
            for (RosPackage one : needs.packages()) {
                sources.put(one.name(), reader.read(one, findings));
            }
        }
        findings.throwIfErrors();
        return sources;
    }

    private BuiltRobot output(Lock lock, Manifest manifest, SortedMap<Platform, SortedMap<String, Image>> images)
            throws IOException {
        for (Finding finding : findings.all()) {
            surroundings.console().finding(finding);
        }
        Path output = robot.project().files().output();
        List<OciLayout.Entry> entries = new ArrayList<>();
        for (Map.Entry<Platform, SortedMap<String, Image>> platform : images.entrySet()) {
            platform.getValue()
                    .forEach((service, image) ->
                            entries.add(new OciLayout.Entry(service, platform.getKey(), image.manifest())));
        }
        Map<Platform, Map<String, Digest>> digestsOf = new LinkedHashMap<>();
        SortedMap<String, Path> others = new TreeMap<>();
        Path main = output.resolve("docker-compose.yml");
        Files.createDirectories(output);
        for (Platform platform : robot.platforms()) {
            foreign.getOrDefault(platform, List.of()).forEach(entries::add);
        }
        new OciLayout(output.resolve("images")).write(entries, surroundings.store());
        for (int i = 0; i < robot.platforms().size(); i++) {
            Platform platform = robot.platforms().get(i);
            Path file = i == 0 ? main : output.resolve("docker-compose." + platform.architecture() + ".yml");
            Map<String, Digest> digests = new TreeMap<>();
            images.getOrDefault(platform, new TreeMap<>())
                    .forEach((service, image) -> digests.put(service, image.manifest()));
            foreign.getOrDefault(platform, List.of()).forEach(entry -> digests.put(entry.name(), entry.manifest()));
            digestsOf.put(platform, digests);
            AtomicFile.writeIfChanged(file, manifest.bytes(robot.project().name(), digests));
            if (i > 0) {
                others.put(platform.architecture(), file);
            }
        }
        AtomicFile.writeIfChanged(
                output.resolve("build.json"),
                BuildReport.write(robot, Digest.of(LockWriter.write(lock)), images, findings.all()));
        return new BuiltRobot(new BuildOutcome(main, others, output.resolve("images")), manifest.model(), digestsOf);
    }
}
