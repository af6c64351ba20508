package io.rosbalena.maven;

import io.rosbalena.balena.TokenSource;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.UpgradeBase;
import io.rosbalena.robot.project.Variant;
import io.rosbalena.robot.surroundings.CacheSettings;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.StoreCleaning;
import io.rosbalena.store.StoreUse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What all goals that work on a robot's project share: its parameters, and how an error is told. */
abstract class RobotMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    protected MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    protected MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    protected PluginDescriptor plugin;

    @Inject
    private SettingsDecrypter settingsDecrypter;

    /** Do nothing, and say so. For a profile in which no image is wanted. */
    @Parameter(property = "rosbalena.skip", defaultValue = "false")
    protected boolean skip;

    /**
     * What the images stand on. {@code apt}: Debian or Ubuntu packages alone, taken from {@code aptSources} or from the
     * sources of this machine. {@code oci:PATH[#REF]}: an OCI layout on disk. {@code tar:PATH[#REF]}: an archive
     * written by {@code docker save} or skopeo. {@code registry:REF}, or just a reference such as
     * {@code ros:humble-ros-core}: an image of a registry. Without it: {@code ros:<rosDistro>-ros-core}.
     */
    @Parameter(property = "rosbalena.from")
    private @Nullable String from;

    /**
     * The ROS distribution: humble, jazzy, kilted, lyrical or rolling. Needed where the base does not tell it: with
     * {@code from=apt}.
     */
    @Parameter(property = "rosbalena.rosDistro")
    private @Nullable String rosDistro;

    /**
     * Variables that conditions in {@code package.xml} read, besides ROS_DISTRO, ROS_VERSION and ROS_PYTHON_VERSION:
     * {@code <GZ_VERSION>harmonic</GZ_VERSION>}; on the command line {@code NAME=VALUE}, several separated by commas. The
     * environment of who builds is not seen. They are set while the workspace is compiled, too.
     */
    @Parameter(property = "rosbalena.conditionVariables")
    private @Nullable PlexusConfiguration conditionVariables;

    /**
     * What the robot's computer is: balena device types, for example {@code raspberrypi5}. They tell the platforms.
     * Several are separated by commas.
     */
    @Parameter(property = "rosbalena.deviceTypes")
    private @Nullable List<String> deviceTypes;

    /**
     * Platforms to build for, in place of those of the device types: {@code linux/amd64}, {@code linux/arm64}. The
     * machine that builds never decides.
     */
    @Parameter(property = "rosbalena.platforms")
    private @Nullable List<String> platforms;

    /** The folder that colcon would search: the workspace's {@code src}. */
    @Parameter(property = "rosbalena.sourceDirectory", defaultValue = "${basedir}/src")
    private File sourceDirectory;

    /**
     * The file that describes the robot's services, as balena documents it. Without the file there is one service,
     * {@code main}, with every package of the workspace.
     */
    @Parameter(property = "rosbalena.composeFile", defaultValue = "${basedir}/docker-compose.yml")
    private File composeFile;

    /**
     * Overlays of the compose file for work at the desk: {@code dev} lays {@code docker-compose.dev.yml} over it, as
     * {@code docker compose -f} does. What they ask for besides is locked in {@code rosbalena.dev.lock}.
     */
    @Parameter(property = "rosbalena.overlay")
    private @Nullable List<String> overlay;

    /**
     * Whether the services with workspace packages get the verbs of {@code ros2} that look into a running robot: action,
     * doctor, interface, lifecycle, node, param, service, topic. They are locked in {@code rosbalena.tools.lock}.
     */
    @Parameter(property = "rosbalena.tools", defaultValue = "false")
    private boolean tools;

    /** The file that pins every package and database. The first build writes it; commit it. */
    @Parameter(property = "rosbalena.lockFile", defaultValue = "${basedir}/rosbalena.lock")
    private File lockFile;

    /**
     * Where Debian packages come from, besides the base's own sources: files in deb822 or one-line form, such as
     * {@code /etc/apt/sources.list.d/ros2.sources}, or such text itself. With {@code from=apt} these are the only
     * sources; without any, those of this machine (Debian, Ubuntu). In the POM write one {@code <aptSource>} for each,
     * since commas separate.
     */
    @Parameter(property = "rosbalena.aptSources")
    private @Nullable List<String> aptSources;

    /** Keyring files for sources that name none with {@code Signed-By}. */
    @Parameter(property = "rosbalena.keyrings")
    private @Nullable List<String> keyrings;

    /** Whether {@code aptSources} take the place of the base's own sources, for example a mirror in your network. */
    @Parameter(property = "rosbalena.replaceAptSources", defaultValue = "false")
    private boolean replaceAptSources;

    /**
     * Whether services get what their Debian packages recommend, too, as with apt's own default. The build root does not.
     */
    @Parameter(property = "rosbalena.installRecommends", defaultValue = "false")
    private boolean installRecommends;

    /**
     * Whether images hold Python's byte code of Debian packages, compiled by the build root's own Python, so that a
     * robot does not compile them at every start. Without a workspace there is no build root and no byte code.
     */
    @Parameter(property = "rosbalena.byteCode", defaultValue = "true")
    private boolean byteCode;

    /**
     * Labels and rights that services get although with them they own the device: {@code io.balena.features.dbus},
     * {@code privileged}, {@code SYS_ADMIN}; {@code SERVICE:LABEL} for one service alone. Also files of images that hold a
     * key which is wanted there: {@code /PATH} or {@code SERVICE:/PATH}.
     */
    @Parameter(property = "rosbalena.accept")
    private @Nullable List<String> accept;

    /**
     * What becomes of what images lack: libraries that programs are linked with, and what commands name. {@code fail}:
     * it stops the build. {@code warn}: it is told. {@code ignore}: nobody looks.
     */
    @Parameter(property = "rosbalena.preflight", defaultValue = "fail")
    private String preflight;

    /**
     * Whether services go without the Debian packages that serve only who compiles: development files, compilers, build
     * systems, and what nothing else needs. Libraries that stand behind development files stay, and so does everything in
     * {@code x-rosbalena.apt}.
     */
    @Parameter(property = "rosbalena.prune", defaultValue = "true")
    private boolean prune;

    /**
     * Which packages of a ready-made base are brought to the version that the archives have when a lock is made: {@code
     * true} for all that go, or names. Without it a package of the base stays at its version unless another one needs a
     * later one.
     */
    @Parameter(property = "rosbalena.upgradeBase")
    private @Nullable List<String> upgradeBase;

    /**
     * Debian packages, not of the distribution, that may bring programs which run with the rights of their owner or group
     * (set-uid, set-gid). Those of Debian and Ubuntu may.
     */
    @Parameter(property = "rosbalena.allowSetId")
    private @Nullable List<String> allowSetId;

    /**
     * Whether images do without the Debian packages' manuals, documentation and messages in other languages. Licences stay, and
     * dpkg's lists name what is there.
     */
    @Parameter(property = "rosbalena.pruneDocs", defaultValue = "false")
    private boolean pruneDocs;

    /**
     * Whether images do without what only a compile of other packages reads of the workspace's own ones: headers, static
     * libraries, CMake and pkg-config files. {@code false} keeps all that colcon installs, for those who compile on the
     * robot.
     */
    @Parameter(property = "rosbalena.runtimeTrees", defaultValue = "true")
    private boolean runtimeTrees;

    /**
     * Days after which an archive's index is not believed any more when a lock is made: a mirror that stands still, or
     * somebody between, could hide updates. Counts for archives that change all the time, so not for the suites of Debian
     * and Ubuntu that have no updates, and not for sources that say {@code Valid-Until-Max} themselves. 0: as the archives
     * say.
     */
    @Parameter(property = "rosbalena.maxIndexAge", defaultValue = "0")
    private int maxIndexAge;

    /**
     * Archives that may be used without a signature, or with one by SHA-1: their URIs, as the sources write them. Each
     * lock warns of them and says so in {@code rosbalena.lock}. Name an archive's key instead wherever it has one.
     */
    @Parameter(property = "rosbalena.allowUnsigned")
    private @Nullable List<String> allowUnsigned;

    /**
     * Whether a build must prove of every locked Debian package that it stands in an index that a key of the sources has
     * signed, as for a lock that a stranger proposes. Without it this is proved where the indexes are in the store.
     */
    @Parameter(property = "rosbalena.verifyLock", defaultValue = "false")
    private boolean verifyLock;

    /**
     * Take archives as they were at this moment, {@code YYYYMMDD} or {@code YYYYMMDDTHHMMSSZ} (UTC), from their snapshot
     * services. Those of Ubuntu and ROS are known; ROS has the days of its releases, signed with a key of its own, which
     * {@code keyrings} must name.
     */
    @Parameter(property = "rosbalena.snapshotDate")
    private @Nullable String snapshotDate;

    /**
     * Snapshot services of further archives, or other ones: the {@code Origin} or {@code Label} that the archive's Release
     * file states, an equals sign, and the address, with <code>{stamp}</code> (20240119T000000Z) or <code>{date}</code>
     * (2024-01-19) where the moment goes. In the POM write one {@code <snapshot>} for each.
     */
    @Parameter(property = "rosbalena.snapshots")
    private @Nullable List<String> snapshots;

    /**
     * What is said of lines of Debian's maintainer scripts whose effect is not known; they are never run. {@code warn}:
     * a warning with package and lines. {@code fail}: an error. {@code ignore}: nothing.
     */
    @Parameter(property = "rosbalena.unknownScripts", defaultValue = "warn")
    private String unknownScripts;

    /**
     * rosdep databases, files or URLs, searched in this order after the workspace's own {@code rosdep/*.yaml}. Without
     * them: those of ros/rosdistro.
     */
    @Parameter(property = "rosbalena.rosdepSources")
    private @Nullable List<String> rosdepSources;

    /**
     * The rosdistro index, file or URL, for released packages that the workspace does not hold. Without it: that of
     * ros/rosdistro.
     */
    @Parameter(property = "rosbalena.rosdistroIndex")
    private @Nullable String rosdistroIndex;

    /**
     * A tag of ros/rosdistro, for example {@code humble/2026-08-07}: databases and index as they were on that day.
     */
    @Parameter(property = "rosbalena.rosdistroTag")
    private @Nullable String rosdistroTag;

    /**
     * Which dependencies of a {@code package.xml} are installed in an image: {@code exec} (exec_depend and depend),
     * {@code exec+build_export}, or {@code all}.
     */
    @Parameter(property = "rosbalena.dependencyTypes", defaultValue = "exec")
    private String dependencyTypes;

    /** rosdep keys that are taken as satisfied, as with {@code rosdep install --skip-keys}. */
    @Parameter(property = "rosbalena.skipKeys")
    private @Nullable List<String> skipKeys;

    /**
     * Indexes of Python projects for keys that pip installs: addresses as pip's {@code --index-url} takes them, or
     * folders in that form. Without them: {@code index-url} and {@code extra-index-url} of pip's configuration on this
     * machine. There is no other default. In the POM write one {@code <pipIndex>} for each.
     */
    @Parameter(property = "rosbalena.pipIndexes")
    private @Nullable List<String> pipIndexes;

    /**
     * The folder in which everything is kept that was fetched or made, for all projects of this user. It may be removed
     * at any time; the next build fetches and makes again what it needs.
     */
    @Parameter(property = "rosbalena.store", defaultValue = "${user.home}/.cache/rosbalena")
    private File store;

    /**
     * What the local store may hold, for example {@code 20 GB}. When a build has made it larger, what was used longest
     * ago is removed, unless another build uses the store just then.
     */
    @Parameter(property = "rosbalena.storeMaxSize", defaultValue = "20 GB")
    private String storeMaxSize;

    /**
     * A repository of a registry that machines share, for example {@code registry.example.com/team/rosbalena-cache}: what
     * was fetched for a lock is pushed there and pulled from there, so that another machine, or a build in a year, needs no
     * archive. Everything is checked by its digest. Without it, nothing is shared.
     */
    @Parameter(property = "rosbalena.cache")
    private @Nullable String cache;

    /**
     * Ed25519 public keys of those whose compiled packages and layers are taken from the cache, as {@code openssl pkey
     * -pubout} prints them, or the one line of base64 within. Without any, nothing that was computed elsewhere is taken.
     */
    @Parameter(property = "rosbalena.cacheKeys")
    private @Nullable List<String> cacheKeys;

    /**
     * The file of an Ed25519 private key, as {@code openssl genpkey -algorithm ed25519} writes it, with which this machine
     * signs the packages that it compiles and the layers that it writes, and gives them to the cache. For the machine that
     * the team trusts, on its command line, not in the POM. Its public half must be among {@code cacheKeys}.
     */
    @Parameter(property = "rosbalena.cacheSigningKey")
    private @Nullable File cacheSigningKey;

    /**
     * Whether any drift from the committed lock is a failure instead of an addition to it. For continuous integration.
     */
    @Parameter(property = "rosbalena.locked", defaultValue = "false")
    private boolean locked;

    /** Whether warnings are failures. */
    @Parameter(property = "rosbalena.strict", defaultValue = "false")
    private boolean strict;

    /**
     * How the workspace is compiled. {@code root}: in the locked build root. {@code container}: in the same root as an
     * image of docker or podman. {@code auto}: the first of these that this machine lets in. {@code host}: by colcon of
     * this machine, unconfined. {@code prebuilt}: not at all; what colcon has installed before is taken. The last two
     * depend on this machine: {@code locked} refuses them.
     */
    @Parameter(property = "rosbalena.engine", defaultValue = "auto")
    private String engine;

    /**
     * Whether packages are compiled a second time under other conditions (each alone, one job, another place, …), to see
     * that they come out the same; if not, what differs is shown, and the build fails. {@code true}: all that is compiled.
     * Names of packages: these. {@code false}: none.
     */
    @Parameter(property = "rosbalena.verifyReproducible")
    private @Nullable List<String> verifyReproducible;

    /** What colcon has installed, for the engine {@code prebuilt}: isolated, and without {@code --symlink-install}. */
    @Parameter(property = "rosbalena.installDirectory", defaultValue = "${basedir}/install")
    private File installDirectory;

    /**
     * A PEM file with certificate authorities that every connection trusts besides those of Java, for a network that
     * inspects TLS or a registry with a certificate of its own.
     */
    @Parameter(property = "rosbalena.caFile")
    private @Nullable File caFile;

    /**
     * Names of environment variables that <code>${…}</code> in the compose file may read, besides properties of the POM
     * and {@code .env}. Others are not seen, so that a build does not depend on who starts it.
     */
    @Parameter(property = "rosbalena.interpolate")
    private @Nullable List<String> interpolate;

    /**
     * Arguments for CMake in every package that it builds, such as {@code -DWITH_CUDA=OFF}. They come after those of
     * {@code colcon_defaults.yaml}.
     */
    @Parameter(property = "rosbalena.cmakeArgs")
    private @Nullable List<String> cmakeArgs;

    /**
     * Packages of the workspace that cannot be cross-compiled. For platforms that this machine is not, they are compiled by
     * an emulator (qemu-user) with the compilers of that platform, which takes about ten times as long.
     */
    @Parameter(property = "rosbalena.emulate")
    private @Nullable List<String> emulate;

    /**
     * Compile with {@code ccache} in the build root, where the archives have it. Its folder is in the store, for this project
     * alone; the code of the workspace can write it, and what stands there reaches later compiles.
     */
    @Parameter(property = "rosbalena.ccache", defaultValue = "false")
    private boolean ccache;

    /**
     * Folders outside of the project that symbolic links in the workspace may lead into. Other links out of the project
     * are an error.
     */
    @Parameter(property = "rosbalena.sourceRoots")
    private @Nullable List<File> sourceRoots;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("rosbalena.skip is set: nothing is done");
            return;
        }
        Ending.of(this::perform, List.of(path(store), Path.of(project.getBuild().getDirectory())), getLog());
    }

    private void perform() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        try (MavenConsole console = MavenConsole.of(getLog(), session, ToldFindings.of(session, project))) {
            checkParameters(console);
            long limit = StoreLimit.bytes(storeMaxSize);
            Surroundings surroundings = new MavenSurroundings(session, settingsDecrypter)
                    .with(
                            path(store),
                            new CacheSettings(
                                    Optional.ofNullable(cache)
                                            .map(String::strip)
                                            .filter(name -> !name.isEmpty()),
                                    words(cacheKeys),
                                    Optional.ofNullable(cacheSigningKey).map(RobotMojo::path)),
                            Optional.ofNullable(caFile).map(RobotMojo::path),
                            console);
            try (StoreUse use = StoreUse.begin(surroundings.store())) {
                perform(robot(), surroundings);
            }
            shrink(surroundings.store(), limit, console);
        }
    }

    private void checkParameters(Console console) {
        Findings findings = UnknownParameters.find(project, session.getUserProperties(), plugin);
        boolean misspelt =
                findings.all().stream().anyMatch(finding -> finding.file().isEmpty());
        if ((strict || (misspelt && changesRobots())) && !findings.all().isEmpty()) {
            throw new FindingException(FindingException.Kind.INPUT, findings.all());
        }
        findings.throwIfErrors();
        findings.all().forEach(console::finding);
    }

    /** Whether robots in the field notice what the goal does: then a misspelt word of the command line ends it. */
    protected boolean changesRobots() {
        return false;
    }

    private static void shrink(BlobStore store, long limit, Console console) throws IOException {
        if (store.hasGrown()) {
            StoreCleaning.shrink(store, limit)
                    .filter(outcome -> outcome.removed() > 0)
                    .ifPresent(outcome -> console.message("removed " + Sizes.show(outcome.removed())
                            + " that were not used for long from the store; " + Sizes.show(outcome.kept())
                            + " stay"));
        }
    }

    /** The goal's one call. */
    protected abstract void perform(RobotProject robot, Surroundings surroundings)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException;

    private RobotProject robot() {
        Path directory = directory();
        Variant variant = new Variant(words(overlay), tools, path(lockFile));
        return new RobotProject(
                project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion(),
                project.getArtifactId(),
                new RobotProject.Files(
                        directory,
                        path(sourceDirectory),
                        path(composeFile),
                        variant.lock(),
                        Path.of(project.getBuild().getDirectory()).resolve("rosbalena"),
                        path(installDirectory)),
                new RobotProject.Target(
                        Optional.ofNullable(from),
                        Optional.ofNullable(rosDistro),
                        words(deviceTypes),
                        words(platforms),
                        ConditionVariables.of(conditionVariables, this::property)),
                new RobotProject.Manifest(words(accept)),
                variant,
                new RobotProject.Apt(
                        words(aptSources),
                        words(keyrings),
                        replaceAptSources,
                        unknownScripts,
                        installRecommends,
                        prune,
                        Optional.of(maxIndexAge).filter(days -> days > 0).map(Duration::ofDays),
                        UpgradeBase.of(words(upgradeBase)),
                        new RobotProject.Trust(
                                words(allowUnsigned),
                                verifyLock,
                                Optional.ofNullable(snapshotDate).map(String::strip),
                                words(snapshots),
                                words(allowSetId))),
                new RobotProject.Rosdep(
                        words(rosdepSources),
                        Optional.ofNullable(rosdistroIndex),
                        Optional.ofNullable(rosdistroTag),
                        dependencyTypes,
                        Set.copyOf(words(skipKeys))),
                new RobotProject.Pip(words(pipIndexes)),
                new RobotProject.Build(
                        locked,
                        strict,
                        pruneDocs,
                        runtimeTrees,
                        byteCode,
                        preflight,
                        engine,
                        words(verifyReproducible),
                        interpolation(),
                        words(cmakeArgs),
                        words(emulate),
                        ccache,
                        list(sourceRoots).stream().map(RobotMojo::path).toList()));
    }

    /** Without a POM it is where Maven was started. */
    private Path directory() {
        File base = project.getBasedir();
        return path(base == null ? new File(session.getExecutionRootDirectory()) : base);
    }

    /** As Maven looks up what stands in an expression: the command line first. */
    private @Nullable String property(String name) {
        return session.getUserProperties()
                .getProperty(name, project.getProperties().getProperty(name));
    }

    /** Where a token for balena's API may be, in the order in which it is looked for. */
    protected final List<TokenSource> tokens() {
        return new MavenSurroundings(session, settingsDecrypter).tokens();
    }

    /**
     * The value of a parameter whose property is also known without {@code rosbalena.}: {@code -Ddevice=…}.
     *
     * @param configured what Maven gave the parameter
     */
    protected final Optional<String> stated(@Nullable String configured, String plainName) {
        return Optional.ofNullable(configured)
                .or(() -> Optional.ofNullable(session.getUserProperties().getProperty(plainName)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private Map<String, String> interpolation() {
        Map<String, String> values = new TreeMap<>();
        project.getProperties()
                .stringPropertyNames()
                .forEach(name -> values.put(name, project.getProperties().getProperty(name)));
        words(interpolate)
                .forEach(name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    /** Without the blanks that people leave after commas. */
    static List<String> words(@Nullable List<String> values) {
        return list(values).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Path path(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }
}
