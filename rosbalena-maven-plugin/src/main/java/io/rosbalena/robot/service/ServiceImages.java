package io.rosbalena.robot.service;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.PlatformState;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.compose.ImageFile;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Image;
import io.rosbalena.image.ImageConfig;
import io.rosbalena.image.Layer;
import io.rosbalena.image.LayerKind;
import io.rosbalena.image.Platform;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.image.layer.LayerWriter;
import io.rosbalena.lint.preflight.Processor;
import io.rosbalena.lint.preflight.Supply;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.bytecode.ByteCode;
import io.rosbalena.robot.deb.DebParts;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.locking.LayerAssignment;
import io.rosbalena.robot.project.LaunchStart;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.WheelFiles;
import io.rosbalena.robot.wheel.WheelParts;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.tree.Whiteout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lays out the images of one platform's services. */
public final class ServiceImages {
    private static final TreePath WORKING_DIRECTORY = TreePath.parse("/ros2_ws");

    private final Robot robot;
    private final Platform platform;
    private final LockedPlatform locked;
    private final Base base;
    private final SystemState states;
    private final CompiledWorkspace compiled;
    private final SortedMap<String, ServiceFiles> serviceFiles;
    private final Optional<ByteCode> byteCode;
    private final Surroundings surroundings;
    private final Findings findings;

    /**
     * The images of a platform.
     *
     * @param states opens the packages
     * @param compiled what the services hold of the workspace
     * @param serviceFiles what else they hold, by name
     * @param byteCode that of the packages, where images hold it
     * @param findings gets what is noticed
     */
    public ServiceImages(
            Robot robot,
            Platform platform,
            LockedPlatform locked,
            Base base,
            SystemState states,
            CompiledWorkspace compiled,
            SortedMap<String, ServiceFiles> serviceFiles,
            Optional<ByteCode> byteCode,
            Surroundings surroundings,
            Findings findings) {
        this.robot = robot;
        this.platform = platform;
        this.locked = locked;
        this.base = base;
        this.states = states;
        this.compiled = robot.project().build().runtimeTrees() ? compiled.runtime() : compiled;
        this.serviceFiles = serviceFiles;
        this.byteCode = byteCode;
        this.surroundings = surroundings;
        this.findings = findings;
    }

    private final SortedMap<String, Planned> planned = new TreeMap<>();

    private record Planned(
            RobotService service, List<LayerPlan> plans, ImageConfig config, PlatformState state, FileTree files) {}

    /**
     * The images by service.
     *
     * @param scripts command scripts of all services
     */
    public SortedMap<String, Image> write(List<ImageFile> scripts) throws IOException, InterruptedException {
        PlatformState common = states.of(SystemState.inImages(locked), List.of(), documented(), locked, platform, base);
        DebParts debs = new DebParts(states, base, common, documented());
        if (byteCode.isPresent()) {
            byteCode.get().ensure(SystemState.inImages(locked), debs);
        }
        SortedMap<String, String> layerOf = new TreeMap<>();
        SystemState.inImages(locked).forEach(one -> layerOf.put(one.name(), one.layer()));
        for (RobotService service : robot.services()) {
            planned.put(service.name(), plan(service, debs, layerOf, scripts));
        }
        findings.addAll(common.findings());
        findings.throwIfErrors();
        surroundings.console().stage("Writing layers for " + platform);
        // Services share layers: each is written, and told of, once.
        Set<LayerPlan> distinct = new LinkedHashSet<>();
        planned.values().forEach(one -> distinct.addAll(one.plans()));
        List<LayerPlan> plans = List.copyOf(distinct);
        List<Layer> written =
                new LayerWriter(surroundings.store(), surroundings.results()).writeAll(plans, surroundings.console());
        Map<LayerPlan, Layer> layers = new HashMap<>();
        for (int i = 0; i < plans.size(); i++) {
            layers.put(plans.get(i), written.get(i));
        }
        return assemble(layers);
    }

    private SortedMap<String, Image> assemble(Map<LayerPlan, Layer> layers) throws IOException {
        SortedMap<String, Image> images = new TreeMap<>();
        for (Planned one : planned.values()) {
            List<Layer> stack = new ArrayList<>(base.layers());
            one.plans().stream().map(layers::get).forEach(stack::add);
            images.put(one.service().name(), Image.write(one.config(), stack, surroundings.store()));
        }
        return images;
    }

    private Planned plan(
            RobotService service, DebParts debs, SortedMap<String, String> layerOf, List<ImageFile> scripts)
            throws IOException, InterruptedException {
        List<LockedPackage> packages = locked.members(service.name());
        List<LayerPlan> plans = new ArrayList<>();
        LayerAssignment.stack(
                        layerOf,
                        new TreeSet<>(packages.stream().map(LockedPackage::name).toList()))
                .forEach((layer, names) -> plans.add(new LayerPlan(
                        kind(layer),
                        packages.stream()
                                .filter(one -> names.contains(one.name()))
                                .flatMap(one -> parts(one, debs))
                                .toList())));
        plans.addAll(WheelParts.plans(locked.wheels(service.name()), surroundings.store()));
        PlatformState state = states.of(packages, locked.pruned(service.name()), documented(), locked, platform, base);
        // Hidden at the top, for only here all packages of the service are known: none of them has what is hidden.
        List<LayerPart> top =
                new ArrayList<>(List.of(TreePart.of("state", Whiteout.with(state.tree(), state.removed()))));
        if (service.packages().isEmpty()) {
            // Nothing of the workspace brings the working directory, and not every engine makes it.
            top.add(TreePart.of("working directory", new MemoryTree().directory(WORKING_DIRECTORY.text(), 0755)));
        }
        plans.add(new LayerPlan(LayerKind.STATE, top));
        plans.addAll(new WorkspaceLayers(robot, compiled, surroundings.store()).plans(service));
        FileTree files = Optional.ofNullable(serviceFiles.get(service.name()))
                .orElseThrow()
                .tree(base.rewrite(), scripts);
        if (!files.entries().isEmpty()) {
            plans.add(new LayerPlan(LayerKind.FILES, List.of(TreePart.of("files", files))));
        }
        return new Planned(service, plans, config(service, packages), state, files);
    }

    /** What the project itself brings into the image of a service that was written. */
    public OwnTrees own(String service) {
        Planned one = Optional.ofNullable(planned.get(service)).orElseThrow();
        return new OwnTrees(runtime(one.service()), one.files());
    }

    /** What the image of a service that was written is made of. */
    public ImageTrees trees(String service) throws IOException, InterruptedException {
        Planned one = Optional.ofNullable(planned.get(service)).orElseThrow();
        PlatformState state = one.state();
        DebParts debs = new DebParts(states, base, state, documented());
        FileTree below = remaining(state);
        List<FileTree> trees = new ArrayList<>(List.of(below));
        Map<TreePath, Integer> kinds = new HashMap<>();
        // What a base brings is for its platform; to look would mean to unpack its layers.
        Processor.of(platform)
                .ifPresent(processor -> below.entries().stream()
                        .filter(entry -> entry.isFile() && entry.path().name().contains(".so"))
                        .forEach(entry -> kinds.put(entry.path(), processor.kind())));
        List<LockedPackage> packages = locked.members(service);
        List<DebFacts> facts = states.facts(packages);
        List<Supply> supplies = new ArrayList<>();
        for (int i = 0; i < packages.size(); i++) {
            LockedPackage deb = packages.get(i);
            Placement placement = debs.placement(deb);
            trees.add(DebFiles.of(deb, facts.get(i), placement, debs, kinds));
            supplies.add(new Supply(
                    "the Debian package " + deb.name(), placed(facts.get(i).linkages(), placement)));
        }
        List<FileTree> wheels = new ArrayList<>();
        for (LockedWheel wheel : locked.wheels(service)) {
            WheelFiles files = WheelFiles.of(wheel, surroundings);
            wheels.add(files);
            supplies.add(new Supply(
                    "the wheel " + wheel.name() + " " + wheel.version(),
                    files.linkages().objects()));
        }
        trees.addAll(wheels);
        trees.add(state.tree());
        trees.add(compiled.setup(surroundings.store()));
        SortedMap<String, InstallTree> installed = runtime(one.service());
        installed.values().forEach(tree -> trees.add(tree.tree(surroundings.store())));
        trees.add(one.files());
        return new ImageTrees(TreeView.of(trees), kinds, supplies, installed, one.files(), wheels);
    }

    private static Map<TreePath, Linkage> placed(Linkages linkages, Placement placement) {
        Map<TreePath, Linkage> placed = new HashMap<>();
        linkages.objects()
                .forEach((path, linkage) -> placed.put(placement.rewrite().place(path), linkage));
        return placed;
    }

    /** The base without what packages of the image took away. */
    private FileTree remaining(PlatformState state) {
        return MemoryTree.of(base.tree().entries().stream()
                .filter(entry -> state.removed().stream().noneMatch(entry.path()::startsWith))
                .toList());
    }

    private SortedMap<String, InstallTree> runtime(RobotService service) {
        SortedMap<String, InstallTree> trees = new TreeMap<>();
        compiled.trees().forEach((name, tree) -> {
            if (service.packages().contains(name)) {
                trees.put(name, tree);
            }
        });
        return trees;
    }

    private Stream<LayerPart> parts(LockedPackage one, DebParts debs) {
        return Stream.concat(Stream.of(debs.part(one)), byteCode.flatMap(code -> code.part(one)).stream());
    }

    private boolean documented() {
        return !robot.project().build().pruneDocs();
    }

    private static LayerKind kind(String layer) {
        if (layer.equals(LayerAssignment.BASE)) {
            return LayerKind.BASE;
        }
        return layer.startsWith("ros") ? LayerKind.ROS : LayerKind.SYSTEM;
    }

    private ImageConfig config(RobotService service, List<LockedPackage> packages)
            throws IOException, InterruptedException {
        SortedMap<String, InstallTree> trees = runtime(service);
        ImageEnvironment environment = ServiceEnvironment.of(
                robot,
                base,
                states.facts(packages),
                WheelParts.folders(locked.wheels(service.name())),
                compiled.setup(surroundings.store()),
                trees,
                surroundings.store());
        environment.findings().forEach(finding -> findings.add(finding.inService(service.name())));
        List<String> command =
                new ServiceCommand(trees).image(service, findings).orElse(List.of());
        if (LaunchStart.isOne(command)) {
            Stream<String> installed = base.installed().stream().map(Candidate::name);
            Stream<String> added = packages.stream().map(LockedPackage::name);
            LaunchStart.check(service, command, Stream.concat(installed, added), findings);
        }
        boolean ros = isRos(service, packages);
        return new ImageConfig(
                platform,
                environment.env(),
                command,
                WORKING_DIRECTORY.absolute(),
                ros ? Optional.of("SIGINT") : Optional.empty(),
                base.config());
    }

    /** Whether a service takes part in ROS: it holds a workspace package or a Debian package of a ROS distribution. */
    public static boolean isRos(RobotService service, List<LockedPackage> packages) {
        return !service.own().isEmpty()
                || packages.stream().anyMatch(one -> one.name().startsWith("ros-"));
    }
}
