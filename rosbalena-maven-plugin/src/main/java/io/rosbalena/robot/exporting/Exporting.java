package io.rosbalena.robot.exporting;

import io.rosbalena.apt.index.SnapshotDate;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.colcon.CompileClosure;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lint.contract.ReleaseContract;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedImage;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.locking.LayerAssignment;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.WorkspaceSources;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Exporting: a robot that is built, as a project with Dockerfiles whose images hold and start the same. */
public final class Exporting {
    private static final String COMPOSE = "docker-compose.yml";
    private static final String BUILD_WHEELS = "wheels-for-compiling.txt";

    private final Robot robot;
    private final LockFile lock;
    private final BuiltRobot built;
    private final ExportRequest request;
    private final Surroundings surroundings;
    private final Findings findings = new Findings();

    private Exporting(Robot robot, LockFile lock, BuiltRobot built, ExportRequest request, Surroundings surroundings) {
        this.robot = robot;
        this.lock = lock;
        this.built = built;
        this.request = request;
        this.surroundings = surroundings;
    }

    /**
     * Builds what is not built and writes the export, a folder for each platform.
     *
     * @throws FindingException RB188 if nothing is known that Dockerfiles could begin with, RB189 if a folder to write holds
     *     something else
     */
    public static void export(RobotProject project, ExportRequest request, Surroundings surroundings)
            throws IOException, InterruptedException {
        BuiltRobot built = Building.built(project, surroundings);
        Robot robot = Robot.read(project, surroundings.store());
        LockFile lock = Locking.current(robot, surroundings);
        new Exporting(robot, lock, built, request, surroundings).export();
    }

    private void export() throws IOException {
        for (Platform platform : robot.platforms()) {
            boolean isFirst = platform.equals(robot.platforms().get(0));
            Path folder = isFirst
                    ? request.output()
                    : request.output().resolveSibling(request.output().getFileName() + "-" + platform.architecture());
            Path manifest = isFirst
                    ? built.outcome().manifest()
                    : Optional.ofNullable(built.outcome().otherManifests().get(platform.architecture()))
                            .orElseThrow(() -> new IllegalStateException("no manifest for " + platform));
            MemoryTree export = tree(platform, manifest);
            findings.throwIfErrors();
            new ExportFolder(folder).write(export);
            surroundings
                    .console()
                    .message("wrote " + robot.project().files().show(folder) + " for " + platform
                            + "; try it: balena push FLEET --source "
                            + robot.project().files().show(folder));
        }
        findings.all().forEach(surroundings.console()::finding);
    }

    private MemoryTree tree(Platform platform, Path manifest) throws IOException {
        LockedPlatform locked = Optional.ofNullable(lock.lock().platforms().get(platform.toString()))
                .orElseThrow(() -> new IllegalStateException("the lock has no platform " + platform));
        MemoryTree export = new MemoryTree();
        export.file("/" + ExportFolder.MARK, 0644, bytes(ExportFolder.MARK_TEXT));
        boolean sources = new ExportSources(robot.project(), export, findings).write();
        String from = ExportBase.of(locked, lock.lock(), request.base(), findings);
        List<LockedWheel> buildWheels = locked.wheels(LockedPlatform.BUILD);
        wheels(export, BUILD_WHEELS, buildWheels);
        SortedMap<String, SourceTree> copied = sources(export);
        SortedMap<String, String> dockerfiles = new TreeMap<>();
        for (RobotService service : robot.services()) {
            Digest image = Optional.ofNullable(built.images().get(platform))
                    .flatMap(images -> Optional.ofNullable(images.get(service.name())))
                    .orElseThrow(() -> new IllegalStateException("no image of " + service.name()));
            ImageManifest parsed = ImageManifest.parse(surroundings.store().bytes(image));
            String files = files(export, service, parsed, manifest);
            String wheels = "wheels-" + service.name() + ".txt";
            wheels(export, wheels, locked.wheels(service.name()));
            List<RosPackage> compiled = compiled(service, copied);
            Dockerfile dockerfile = new Dockerfile(
                    heading(service, platform),
                    from,
                    sources,
                    robot.project().apt().replace(),
                    robot.rosDistro(),
                    new TreeMap<>(robot.conditions().colcon()),
                    robot.colcon(),
                    compiled.isEmpty() ? List.of() : aboveBase(locked.members(LockedPlatform.BUILD)),
                    compiled.isEmpty() || buildWheels.isEmpty() ? "" : BUILD_WHEELS,
                    compiled,
                    packages(locked, service),
                    locked.wheels(service.name()).isEmpty() ? "" : wheels,
                    service.packages(),
                    files,
                    settings(service, parsed));
            String name = service.name() + ".Dockerfile";
            dockerfiles.put(service.name(), name);
            export.file("/" + name, 0644, bytes(dockerfile.text()));
        }
        export.file("/" + COMPOSE, 0644, compose(manifest, dockerfiles, platform));
        Path contract = robot.project().files().directory().resolve(ReleaseContract.FILE);
        if (robot.contract().isPresent()) {
            export.file("/" + ReleaseContract.FILE, 0644, Files.readAllBytes(contract));
        }
        return export;
    }

    /** apt brings what packages depend on, so also what images of this plugin leave out: at the locked version, too. */
    private static List<LockedPackage> packages(LockedPlatform locked, RobotService service) {
        return aboveBase(Stream.concat(locked.members(service.name()).stream(), locked.pruned(service.name()).stream())
                .toList());
    }

    /** A base of packages alone is replaced by one that has these in its own versions. */
    private static List<LockedPackage> aboveBase(Collection<LockedPackage> packages) {
        return packages.stream()
                .filter(one -> !one.layer().equals(LayerAssignment.BASE))
                .distinct()
                .toList();
    }

    private void wheels(MemoryTree export, String name, List<LockedWheel> wheels) {
        if (!wheels.isEmpty()) {
            export.file(
                    "/" + name,
                    0644,
                    bytes(WheelList.of(wheels, robot.project().pip().indexes(), findings)));
        }
    }

    /** Copies the packages that are compiled, each as its compile sees it. */
    private SortedMap<String, SourceTree> sources(MemoryTree export) throws IOException {
        BuildNeeds needs = BuildNeeds.of(robot);
        SortedMap<String, SourceTree> sources =
                WorkspaceSources.read(robot, needs.packages(), surroundings.store(), findings);
        for (RosPackage one : needs.packages()) {
            SourceTree source = Optional.ofNullable(sources.get(one.name())).orElseThrow();
            TreePath folder = TreePath.parse("/" + Dockerfile.folder(one));
            source.entries()
                    .forEach(entry ->
                            export.put(entry.at(folder.resolve(entry.path().text()))));
        }
        return sources;
    }

    private List<RosPackage> compiled(RobotService service, SortedMap<String, SourceTree> copied) {
        if (service.packages().isEmpty()) {
            return List.of();
        }
        NavigableSet<String> names = CompileClosure.names(robot.workspace(), service.packages());
        return robot.workspace().buildOrder().stream()
                .filter(one -> names.contains(one.name()) && copied.containsKey(one.name()))
                .toList();
    }

    /** The top layer holds what the manifest copies, and scripts that stand for commands. */
    private String files(MemoryTree export, RobotService service, ImageManifest image, Path manifest)
            throws IOException {
        boolean scripts = model(manifest).services().containsKey(service.name())
                && model(manifest).service(service.name()).fields().toString().contains("/ros2_ws/scripts/");
        if (!scripts && service.compose().extension().files().isEmpty()) {
            return "";
        }
        String folder = "files-" + service.name();
        Digest top = image.layers().get(image.layers().size() - 1).digest();
        for (Entry entry : TopLayer.read(surroundings.store(), top)) {
            boolean kept = entry.isSymlink() || (entry.mode() & ~0111) == 0644;
            if (!kept && entry.isFile()) {
                findings.add(Finding.warning(
                                "RB189",
                                "the mode of /" + entry.path().text() + " is "
                                        + Integer.toOctalString(entry.mode())
                                        + "; a copy by a Dockerfile of this form has 644 or 755")
                        .inService(service.name())
                        .fix("let the program set it when it starts"));
            }
            export.put(
                    entry.at(TreePath.parse("/" + folder).resolve(entry.path().text())));
        }
        return folder;
    }

    private Dockerfile.ImageSettings settings(RobotService service, ImageManifest image) throws IOException {
        JsonValue document =
                Json.parse(surroundings.store().bytes(image.config().digest()));
        return Dockerfile.ImageSettings.of(service.name(), document.get("config"), findings);
    }

    private List<String> heading(RobotService service, Platform platform) {
        List<String> lines = new ArrayList<>(List.of(
                "The service " + service.name() + " for " + platform
                        + ", written by rosbalena-maven-plugin (goal dockerfile).",
                "Do not edit it: change the workspace, the manifest or the POM, and have it written anew.",
                "",
                "Versions and digests are those of rosbalena.lock, " + lock.digest() + ",",
                "from these archives. Where one has moved on, its snapshot has the versions still:"));
        Lock pins = lock.lock();
        String os = Snapshots.os(
                pins.archives().values().stream().map(LockedArchive::origin).toList());
        Snapshots snapshots = new Snapshots(
                Snapshots.known(), robot.rosDistro(), io.rosbalena.apt.source.Keyring.EMPTY, Optional.empty());
        for (LockedArchive archive : pins.archives().values()) {
            Optional<SnapshotDate> date =
                    SnapshotDate.parse(archive.date().replace("-", "").replace(":", ""));
            String place = date.flatMap(day -> snapshots.root(archive.origin(), archive.label(), os, day))
                    .map(uri -> ": " + uri)
                    .orElse("");
            lines.add("  " + archive.origin() + " " + archive.suite() + " " + archive.component() + " of "
                    + archive.date() + place);
        }
        return lines;
    }

    private byte[] compose(Path manifest, SortedMap<String, String> dockerfiles, Platform platform) throws IOException {
        ComposeModel model = model(manifest);
        Map<String, String> images = new TreeMap<>();
        for (Service service : model.services().values()) {
            if (!dockerfiles.containsKey(service.name())) {
                LockedImage image = Optional.ofNullable(lock.lock().images().get(service.name()))
                        .orElseThrow(() -> new IllegalStateException("the lock has no image of " + service.name()));
                Digest digest = Optional.ofNullable(image.manifests().get(platform.toString()))
                        .orElseThrow(() -> new IllegalStateException("no image for " + platform));
                images.put(service.name(), ExportBase.pinned(image.ref(), digest));
            }
        }
        return ManifestEmitter.emit(model, images, dockerfiles);
    }

    private static ComposeModel model(Path manifest) throws IOException {
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.parse(manifest.toString(), Files.readAllBytes(manifest), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
