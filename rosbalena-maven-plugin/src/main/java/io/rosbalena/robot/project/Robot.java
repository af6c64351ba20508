package io.rosbalena.robot.project;

import io.rosbalena.apt.state.UnknownScripts;
import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.colcon.EngineName;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.contract.ReleaseContract;
import io.rosbalena.lint.preflight.Strictness;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.rosdep.RosDistribution;
import io.rosbalena.rosdep.RosDistributions;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.FileNames;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.RunClosure;
import io.rosbalena.workspace.UnsetVariables;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.workspace.manifest.ManifestMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A robot's project as it stands on disk: its manifest, its workspace, and what each service is made of.
 *
 * @param project what the user said in the POM
 * @param platforms what the images are for, the first one being that of the main manifest
 * @param rosDistro the ROS distribution
 * @param compose the manifest as written
 * @param workspace the packages
 * @param repositories what the {@code .repos} files of the project list
 * @param colcon how its packages are compiled, as its user wants it
 * @param contract what {@code balena.yml} says of the release
 * @param services the services that are built, by name
 * @param findings what was noticed, without errors
 */
public record Robot(
        RobotProject project,
        List<Platform> platforms,
        String rosDistro,
        ComposeModel compose,
        Workspace workspace,
        List<Repository> repositories,
        ColconSettings colcon,
        Optional<ReleaseContract> contract,
        List<RobotService> services,
        List<Finding> findings) {

    public Robot {
        platforms = List.copyOf(platforms);
        repositories = List.copyOf(repositories);
        services = List.copyOf(services);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a project.
     *
     * @param store remembers what was read before
     * @throws FindingException with everything that is wrong with the manifest and the workspace
     */
    public static Robot read(RobotProject project, BlobStore store) throws IOException, InterruptedException {
        String rosDistro = rosDistro(project);
        List<Platform> platforms = Platforms.of(project.target());
        Findings findings = new Findings();
        engine(project, findings);
        unknownScripts(project, findings);
        preflight(project, findings);
        // Each takes about half of the time of a build that changes nothing.
        Parallel.Both<Written, Optional<Workspace>> read = Parallel.both(
                () -> new Written(ManifestFile.read(project, findings), Repositories.read(project.files(), findings)),
                () -> scan(project, rosDistro, store));
        ComposeModel compose = read.one().compose();
        if (read.other().isEmpty()) {
            findings.add(Finding.error(
                            "RB705",
                            "there is no folder "
                                    + project.files().show(project.files().sources()))
                    .fix("put the workspace's packages there, or name their folder with <sourceDirectory>"));
            findings.throwIfErrors();
        }
        Workspace workspace = read.other().get();
        findings.addAll(workspace.findings());
        findings.addAll(UnsetVariables.find(workspace, conditions(project, rosDistro)));
        DependencyTypes types = dependencyTypes(project, findings);
        emulated(project, workspace, findings);
        ColconSettings colcon = ColconFiles.read(project, workspace, findings);
        Optional<ReleaseContract> contract = ContractFile.read(project, platforms, findings);
        List<RobotService> services = new ArrayList<>();
        for (Service service : compose.services().values()) {
            if (!service.isForeign()) {
                service(project, workspace, types, service, findings).ifPresent(services::add);
            }
        }
        ManifestLint.check(project, compose, services, platforms, rosDistro, findings);
        findings.throwIfErrors();
        return new Robot(
                project,
                platforms,
                rosDistro,
                compose,
                workspace,
                read.one().repositories(),
                colcon,
                contract,
                services,
                findings.all());
    }

    /** What people write besides packages. */
    private record Written(ComposeModel compose, List<Repository> repositories) {}

    /** The packages; nothing if there is no folder of sources. */
    private static Optional<Workspace> scan(RobotProject project, String rosDistro, BlobStore store)
            throws IOException {
        RobotProject.Files files = project.files();
        if (!Files.isDirectory(files.sources())) {
            return Optional.empty();
        }
        ManifestMemory memory = ManifestMemory.open(store.root()
                .resolve("manifests")
                .resolve(Digest.of(files.sources().toString()).hex()));
        Workspace workspace =
                Workspace.scan(files.directory(), files.sources(), conditions(project, rosDistro), memory);
        memory.keep();
        return Optional.of(workspace);
    }

    /** Which packages may bring programs that run with their owner's rights. */
    public Set<String> allowSetId() {
        return Set.copyOf(project.apt().trust().allowSetId());
    }

    /** What is said of maintainer scripts whose effect is not known. */
    public UnknownScripts unknownScripts() {
        return UnknownScripts.find(project.apt().unknownScripts()).orElse(UnknownScripts.WARN);
    }

    /** What becomes of what images lack. */
    public Strictness preflight() {
        return Strictness.find(project.build().preflight()).orElse(Strictness.FAIL);
    }

    /** The variables with which conditions of the workspace's manifests are read. */
    public ConditionContexts conditions() {
        return conditions(project, rosDistro);
    }

    private static ConditionContexts conditions(RobotProject project, String rosDistro) {
        return ConditionContexts.of(rosDistro, project.target().conditionVariables());
    }

    /** What the POM says, else what the base's name says: {@code ros:humble-ros-core}. */
    private static String rosDistro(RobotProject project) {
        Optional<String> named = project.target().rosDistro();
        Optional<String> ofBase = RosDistributions.all().stream()
                .map(RosDistribution::name)
                .filter(name -> project.target()
                        .from()
                        .filter(from -> from.matches(".*[:/-]" + name + "([:/-].*)?"))
                        .isPresent())
                .findFirst();
        String distro = named.or(() -> ofBase)
                .orElseThrow(() -> FindingException.input(
                        Finding.error("RB713", "it is not said which ROS distribution the robot runs")
                                .at("pom.xml")
                                .fix("write <rosDistro>humble</rosDistro>")));
        if (RosDistributions.find(distro).isEmpty()) {
            throw FindingException.input(Finding.error("RB713", "the ROS distribution " + distro + " is not known")
                    .at("pom.xml")
                    .fix("write one of: "
                            + RosDistributions.all().stream()
                                    .map(RosDistribution::name)
                                    .collect(Collectors.joining(", "))));
        }
        return distro;
    }

    private static void engine(RobotProject project, Findings findings) {
        Optional<EngineName> engine = EngineName.find(project.build().engine());
        if (engine.isEmpty()) {
            findings.add(Finding.error(
                            "RB739", "there is no engine " + project.build().engine())
                    .at("pom.xml")
                    .fix("leave <engine> out, or write one of " + EngineName.words()
                            + "; with auto the workspace is compiled in the locked build root"));
        } else if (project.build().locked() && !engine.get().isHermetic()) {
            findings.add(Finding.error(
                            "RB474",
                            "the engine " + engine.get().word()
                                    + " takes what is on this machine, so the lock does not say what comes out")
                    .at("pom.xml")
                    .fix("build with the engine root or container, or without -Drosbalena.locked"));
        }
    }

    /** How the workspace is compiled. */
    public EngineName engine() {
        return EngineName.find(project.build().engine()).orElse(EngineName.AUTO);
    }

    /** Packages that are compiled by an emulator where they are for another machine. */
    public SortedSet<String> emulated() {
        return new TreeSet<>(project.build().emulate());
    }

    private static void emulated(RobotProject project, Workspace workspace, Findings findings) {
        for (String name : new TreeSet<>(project.build().emulate())) {
            if (workspace.find(name).isEmpty()) {
                findings.add(Finding.error("RB492", "the workspace has no package " + name + ", which <emulate> names")
                        .at("pom.xml")
                        .fix(Spelling.nearest(name, workspace.names())
                                .map(word -> "did you mean " + word + "?")
                                .orElse("correct <emulate>; the workspace has: "
                                        + String.join(", ", workspace.names()))));
            }
        }
    }

    private static void unknownScripts(RobotProject project, Findings findings) {
        if (UnknownScripts.find(project.apt().unknownScripts()).isEmpty()) {
            findings.add(Finding.error(
                            "RB756", "unknownScripts cannot be " + project.apt().unknownScripts())
                    .at("pom.xml")
                    .fix("set <unknownScripts> or -Drosbalena.unknownScripts to one of: "
                            + String.join(", ", UnknownScripts.words())));
        }
    }

    private static void preflight(RobotProject project, Findings findings) {
        if (Strictness.find(project.build().preflight()).isEmpty()) {
            findings.add(Finding.error(
                            "RB440", "preflight cannot be " + project.build().preflight())
                    .at("pom.xml")
                    .fix("set <preflight> or -Drosbalena.preflight to one of: "
                            + String.join(", ", Strictness.words())));
        }
    }

    private static DependencyTypes dependencyTypes(RobotProject project, Findings findings) {
        try {
            return DependencyTypes.parse(project.rosdep().dependencyTypes());
        } catch (IllegalArgumentException e) {
            findings.add(Finding.error("RB706", String.valueOf(e.getMessage()))
                    .at("pom.xml")
                    .fix("set <dependencyTypes> or -Drosbalena.dependencyTypes to one of them"));
            return DependencyTypes.EXEC;
        }
    }

    private static Optional<RobotService> service(
            RobotProject project, Workspace workspace, DependencyTypes types, Service service, Findings findings)
            throws IOException {
        SortedSet<String> own = service.extension()
                .packages()
                .<SortedSet<String>>map(TreeSet::new)
                .orElseGet(() -> service.build()
                        .map(build -> workspace.namesBelow(
                                FileNames.resolve(project.files().directory(), build.context())))
                        .orElseGet(TreeSet::new));
        boolean known = true;
        for (String name : own) {
            if (workspace.find(name).isEmpty()) {
                known = false;
                findings.add(service.places()
                        .of("x-rosbalena.packages")
                        .place(Finding.error("RB707", "the workspace has no package " + name)
                                .fix("correct x-rosbalena.packages; the workspace has: "
                                        + String.join(", ", workspace.names())))
                        .inService(service.name()));
            }
        }
        if (!known) {
            return Optional.empty();
        }
        if (own.isEmpty() && service.extension().apt().isEmpty()) {
            findings.add(nothing(project, service));
            return Optional.empty();
        }
        try {
            return Optional.of(new RobotService(
                    service,
                    own,
                    own.isEmpty() ? Optional.empty() : Optional.of(RunClosure.of(workspace, own, types)),
                    LaunchStart.isPlanned(
                            service,
                            workspace.packages().stream()
                                    .filter(one -> own.contains(one.name()))
                                    .toList()),
                    project.variant().tools() && !own.isEmpty()));
        } catch (FindingException e) {
            findings.addAll(e.findings());
            return Optional.empty();
        }
    }

    private static Finding nothing(RobotProject project, Service service) {
        String context = service.build().map(build -> build.context()).orElse(".");
        Path folder = FileNames.resolve(project.files().directory(), context);
        String message = "no ROS package stands at or below " + context;
        String fix;
        if (Files.exists(folder.resolve("Dockerfile"))) {
            fix = "the Dockerfile there is not read: build its image elsewhere and write image: REF,"
                    + " or put the ROS packages of the service below the folder";
        } else if (!Files.isDirectory(folder)) {
            message = "there is no folder " + context;
            fix = "correct build:; it names a folder with ROS packages, relative to the project";
        } else {
            fix = "point build: at a folder with ROS packages, list them in x-rosbalena.packages,"
                    + " or write image: REF";
        }
        return service.places()
                .of("build")
                .place(Finding.error("RB708", message).fix(fix))
                .inService(service.name());
    }
}
