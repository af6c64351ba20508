package io.rosbalena.robot;

import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.finding.Finding;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Registries;
import io.rosbalena.robot.building.BuildOutcome;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.UpgradeBase;
import io.rosbalena.robot.project.Variant;
import io.rosbalena.robot.resolving.ResolveFormat;
import io.rosbalena.robot.resolving.ResolveRequest;
import io.rosbalena.robot.resolving.Resolved;
import io.rosbalena.robot.resolving.Resolving;
import io.rosbalena.robot.surroundings.CacheSettings;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.robot.surroundings.SharedCache;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A robot whose services hold Debian packages of a small signed archive, so that whole goals run in a moment and without
 * network. Nothing is compiled.
 */
public final class SmallRobot {
    private static final TransferSettings.Patience SHORT = new TransferSettings.Patience(
            2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(5));

    /** What the commands of tests name; it stands in every image, in the package {@code apt}. */
    static final Map<String, String> PROGRAMS = Map.of("usr/bin/hello", "", "usr/bin/ros2", "", "usr/bin/x", "");

    private final Path folder;
    private final Path project;
    private final ArchiveOnDisk archive;
    private final List<String> said = new ArrayList<>();
    private Path store;
    private Clock clock = Clock.systemUTC();
    private boolean locked;
    private String unknownScripts = "warn";
    private boolean prune = true;
    private boolean pruneDocs;
    private boolean runtimeTrees = true;
    private List<String> cmakeArgs = List.of();
    private List<String> emulate = List.of();
    private boolean ccache;
    private String preflight = "fail";
    private List<String> accept = List.of();
    private List<String> overlay = List.of();
    private boolean tools;
    private List<String> allowSetId = List.of();
    private boolean recommends;
    private List<String> upgradeBase = List.of();
    private List<String> aptSources = List.of("robot.sources");
    private Optional<Duration> maxIndexAge = Optional.empty();
    private List<String> allowUnsigned = List.of();
    private boolean verifyLock;
    private Optional<String> snapshotDate = Optional.empty();
    private List<String> snapshots = List.of();
    private List<String> keyrings = List.of();
    private String dependencyTypes = "exec";
    private Set<String> skipKeys = Set.of();
    private boolean offline;
    private String from = "apt";
    private String rosDistro = "humble";
    private List<String> rosdepSources = List.of("base.yaml");
    private String rosdistroIndex = "index.yaml";
    private Optional<String> rosdistroTag = Optional.empty();
    private Map<String, String> conditionVariables = Map.of();
    private List<String> pipIndexes = List.of();
    private Optional<String> cache = Optional.empty();
    private List<String> cacheKeys = List.of();
    private Optional<Path> cacheSigningKey = Optional.empty();
    private Logins logins = Logins.NONE;
    private List<String> platforms = List.of("linux/amd64");
    private String engine = "auto";
    private List<String> verifyReproducible = List.of();
    private Runnable whileFetching = () -> {};
    private TransferSettings.Patience patience = SHORT;
    private String sources;

    private SmallRobot(Path folder, ArchiveOnDisk archive) {
        this.folder = folder;
        this.project = folder.resolve("robot");
        this.archive = archive;
        this.store = folder.resolve("store");
        this.sources = "Types: deb\nURIs: " + archive.uri() + "\nSuites: test\nComponents: main\nSigned-By: good.gpg\n";
    }

    /** A robot with one service {@code talker}, which holds the package {@code hello}. */
    public static SmallRobot in(Path folder) throws IOException {
        ArchiveOnDisk archive = ArchiveOnDisk.in(folder)
                .deb("base-files", "12", "amd64", "Essential: yes", "Priority: required")
                .debWith(PROGRAMS, "apt", "2.6", "amd64", "Priority: required")
                .deb("hello", "1.0-1", "amd64", "Depends: libhello1 (>= 1)")
                .deb("libhello1", "1.0-1", "amd64")
                .key("good", "1y");
        SmallRobot robot = new SmallRobot(folder, archive);
        robot.publish();
        Files.createDirectories(robot.project.resolve("src"));
        archive.export(robot.project.resolve("good.gpg"), "good");
        return robot.write("robot.sources", robot.sources).write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello]
                """);
    }

    /** Makes the archive's indexes anew and signs them. */
    SmallRobot publish() throws IOException {
        archive.index()
                .release(Map.of("Origin", "Debian", "Label", "Debian", "Codename", "bookworm"))
                .sign("good");
        return this;
    }

    /** The same with what a build root takes in the archive, where services have packages of the workspace. */
    SmallRobot withBuildTools() throws IOException {
        for (String name : BuildRootPackages.forOs("debian", "bookworm", Set.of("ament_cmake"))) {
            archive.deb(name, "1", "amd64");
        }
        return publish();
    }

    /** The same for two platforms, with all that its services take in the archive for both. */
    SmallRobot forTwoPlatforms() throws IOException {
        for (String name : List.of("base-files", "libhello1")) {
            archive.deb(name, "1.0-1", "arm64", "Priority: required");
        }
        archive.deb("hello", "1.0-1", "arm64", "Depends: libhello1 (>= 1)");
        archive.debWith(PROGRAMS, "apt", "2.6", "arm64", "Priority: required");
        return publish().platforms("linux/amd64", "linux/arm64");
    }

    public ArchiveOnDisk archive() {
        return archive;
    }

    Path folder() {
        return folder;
    }

    public Path file(String name) {
        return project.resolve(name);
    }

    public SmallRobot write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
        return this;
    }

    /** From now on time stands this much later. */
    SmallRobot later(Duration time) {
        clock = Clock.offset(Clock.systemUTC(), time);
        return this;
    }

    SmallRobot store(Path other) {
        store = other;
        return this;
    }

    SmallRobot locked() {
        locked = true;
        return this;
    }

    SmallRobot maxIndexAge(Duration age) {
        maxIndexAge = Optional.of(age);
        return this;
    }

    SmallRobot allowUnsigned(String... archives) {
        allowUnsigned = List.of(archives);
        return this;
    }

    SmallRobot verifyLock() {
        verifyLock = true;
        return this;
    }

    SmallRobot keyrings(String... files) {
        keyrings = List.of(files);
        return this;
    }

    /** Archives as they were, from places such as {@code Debian=file:///…/{stamp}/}. */
    SmallRobot snapshot(String date, String... places) {
        snapshotDate = Optional.of(date);
        return snapshots(places);
    }

    SmallRobot snapshots(String... places) {
        snapshots = List.of(places);
        return this;
    }

    /** The archive calls its suite this from now on. */
    SmallRobot origin(String origin) throws IOException {
        archive.index()
                .release(Map.of("Origin", origin, "Label", origin, "Codename", "bookworm"))
                .sign("good");
        return this;
    }

    SmallRobot engine(String name) {
        engine = name;
        return this;
    }

    SmallRobot verifyReproducible(String... words) {
        verifyReproducible = List.of(words);
        return this;
    }

    /** Something that happens once, as soon as the next goal fetches a package. */
    SmallRobot whileFetching(Runnable event) {
        whileFetching = event;
        return this;
    }

    SmallRobot recommends(boolean installed) {
        recommends = installed;
        return this;
    }

    SmallRobot allowSetId(String... packages) {
        allowSetId = List.of(packages);
        return this;
    }

    SmallRobot cmakeArgs(String... arguments) {
        cmakeArgs = List.of(arguments);
        return this;
    }

    SmallRobot emulate(String... packages) {
        emulate = List.of(packages);
        return this;
    }

    SmallRobot ccache(boolean wanted) {
        ccache = wanted;
        return this;
    }

    SmallRobot pruneDocs() {
        pruneDocs = true;
        return this;
    }

    SmallRobot overlay(String... names) {
        overlay = List.of(names);
        return this;
    }

    SmallRobot tools(boolean wanted) {
        tools = wanted;
        return this;
    }

    SmallRobot accept(String... words) {
        accept = List.of(words);
        return this;
    }

    SmallRobot wholeTrees() {
        runtimeTrees = false;
        return this;
    }

    SmallRobot preflight(String policy) {
        preflight = policy;
        return this;
    }

    SmallRobot prune(boolean wanted) {
        prune = wanted;
        return this;
    }

    SmallRobot upgradeBase(String... words) {
        upgradeBase = List.of(words);
        return this;
    }

    SmallRobot aptSources(String... files) {
        aptSources = List.of(files);
        return this;
    }

    SmallRobot unknownScripts(String policy) {
        unknownScripts = policy;
        return this;
    }

    SmallRobot platforms(String... all) {
        platforms = List.of(all);
        return this;
    }

    SmallRobot dependencyTypes(String types) {
        dependencyTypes = types;
        return this;
    }

    SmallRobot skipKeys(String... keys) {
        skipKeys = Set.of(keys);
        return this;
    }

    SmallRobot conditionVariables(Map<String, String> variables) {
        conditionVariables = variables;
        return this;
    }

    SmallRobot databases(String index, String... sources) {
        rosdistroIndex = index;
        rosdepSources = List.of(sources);
        return this;
    }

    SmallRobot pipIndexes(String... indexes) {
        pipIndexes = List.of(indexes);
        return this;
    }

    SmallRobot rosdistroTag(String tag) {
        rosdistroTag = Optional.of(tag);
        return this;
    }

    /** Nothing where the project names none. */
    SmallRobot from(String base) {
        from = base;
        return this;
    }

    SmallRobot rosDistro(String name) {
        rosDistro = name;
        return this;
    }

    SmallRobot cache(String repository) {
        cache = Optional.of(repository);
        return this;
    }

    SmallRobot cacheKeys(String... keys) {
        cacheKeys = List.of(keys);
        return this;
    }

    SmallRobot signingWith(Path file) {
        cacheSigningKey = Optional.of(file);
        return this;
    }

    /** This machine has no key to sign with. */
    SmallRobot signingNothing() {
        cacheSigningKey = Optional.empty();
        return this;
    }

    SmallRobot logins(Logins known) {
        logins = known;
        return this;
    }

    /** How long a server may say nothing. */
    SmallRobot silence(Duration time) {
        patience = new TransferSettings.Patience(
                SHORT.attempts(), SHORT.firstDelay(), SHORT.longestDelay(), SHORT.connect(), time);
        return this;
    }

    public SmallRobot offline() {
        offline = true;
        return this;
    }

    Path storeFolder() {
        return store;
    }

    /** What was told to a person by the last goal. */
    public List<String> said() {
        return said;
    }

    BuildOutcome build() throws IOException, InterruptedException {
        said.clear();
        return Building.build(robotProject(), surroundings());
    }

    void lock(String... updates) throws IOException, InterruptedException {
        said.clear();
        Locking.lock(robotProject(), surroundings(), false, Set.of(updates));
    }

    /** The packages of one service as the lock has them now. */
    List<String> packages(String service) throws IOException {
        return LockFile.read(file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .members(service)
                .stream()
                .map(LockedPackage::name)
                .toList();
    }

    /** What the goal resolve answers. */
    Resolved resolve(ResolveFormat format, Optional<String> why, String... services)
            throws IOException, InterruptedException {
        said.clear();
        return Resolving.resolve(robotProject(), surroundings(), new ResolveRequest(format, why, List.of(services)));
    }

    public RobotProject robotProject() {
        Variant variant = new Variant(overlay, tools, file("rosbalena.lock"));
        return new RobotProject(
                "com.example:small:1",
                "small",
                new RobotProject.Files(
                        project,
                        file("src"),
                        file("docker-compose.yml"),
                        variant.lock(),
                        file("target/rosbalena"),
                        file("install")),
                new RobotProject.Target(
                        Optional.of(from).filter(name -> !name.isEmpty()),
                        Optional.of(rosDistro).filter(name -> !name.isEmpty()),
                        List.of(),
                        platforms,
                        conditionVariables),
                new RobotProject.Manifest(accept),
                variant,
                new RobotProject.Apt(
                        aptSources,
                        keyrings,
                        false,
                        unknownScripts,
                        recommends,
                        prune,
                        maxIndexAge,
                        UpgradeBase.of(upgradeBase),
                        new RobotProject.Trust(allowUnsigned, verifyLock, snapshotDate, snapshots, allowSetId)),
                new RobotProject.Rosdep(
                        rosdepSources, Optional.of(rosdistroIndex), rosdistroTag, dependencyTypes, skipKeys),
                new RobotProject.Pip(pipIndexes),
                new RobotProject.Build(
                        locked,
                        false,
                        pruneDocs,
                        runtimeTrees,
                        true,
                        preflight,
                        engine,
                        verifyReproducible,
                        Map.of(),
                        cmakeArgs,
                        emulate,
                        ccache,
                        List.of()));
    }

    public Surroundings surroundings() throws IOException {
        TransferSettings network =
                TransferSettings.standard().withPatience(patience).withOffline(offline);
        BlobStore local = BlobStore.open(store);
        Console console = new Telling();
        return new Surroundings(
                local,
                network,
                new HttpTransfer(network),
                new Registries(network, logins),
                SharedCache.at(new CacheSettings(cache, cacheKeys, cacheSigningKey), network, logins, local, console),
                clock,
                console);
    }

    private final class Telling implements Console {
        @Override
        public synchronized void stage(String name) {
            said.add(name);
        }

        @Override
        public synchronized void message(String text) {
            said.add(text);
        }

        @Override
        public synchronized void finding(Finding finding) {
            said.add(finding.print());
        }

        @Override
        public synchronized void expect(long bytes) {
            whileFetching.run();
            whileFetching = () -> {};
        }

        @Override
        public void transferred(long bytes) {}
    }
}
