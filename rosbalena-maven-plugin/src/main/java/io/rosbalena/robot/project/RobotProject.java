package io.rosbalena.robot.project;

import io.rosbalena.tree.FileNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a user said about a robot, apart from its workspace and its compose file.
 *
 * @param coordinates {@code group:artifact:version} of the Maven project
 * @param name name of the project in image names: the artifact id
 * @param files where the project's files stand
 * @param target what the images are for
 * @param manifest what is said of the manifest in the POM
 * @param variant what is built in place of what robots get
 * @param apt whom to trust for Debian packages
 * @param rosdep where keys are looked up
 * @param pip where Python wheels come from
 * @param build how strictly and by which means to build
 */
public record RobotProject(
        String coordinates,
        String name,
        Files files,
        Target target,
        Manifest manifest,
        Variant variant,
        Apt apt,
        Rosdep rosdep,
        Pip pip,
        Build build) {

    /** Version of the Maven project. */
    public String version() {
        return coordinates.substring(coordinates.lastIndexOf(':') + 1);
    }

    /**
     * The same robot as it is worked on: with the overlay {@code dev} and the tools, if there is such an overlay and
     * nobody has chosen another variant.
     */
    public RobotProject atTheDesk() {
        Variant desk = new Variant(List.of(Variant.DESK), true, variant.mainLock());
        if (!variant.overlays().isEmpty() || !desk.isThere(files)) {
            return this;
        }
        Files desks = new Files(
                files.directory(), files.sources(), files.compose(), desk.lock(), files.output(), files.install());
        return new RobotProject(coordinates, name, desks, target, manifest, desk, apt, rosdep, pip, build);
    }

    /** The same robot with its files elsewhere, and for something else. */
    public RobotProject with(Files elsewhere, Target other) {
        return new RobotProject(coordinates, name, elsewhere, other, manifest, variant, apt, rosdep, pip, build);
    }

    /**
     * Where the project's files stand; all absolute.
     *
     * @param directory folder of the {@code pom.xml}
     * @param sources the colcon workspace's {@code src}
     * @param compose the compose file, which may be missing
     * @param lock the lock of what is built, which may be missing
     * @param output {@code target/rosbalena}
     * @param install what colcon has installed before, for the engine {@code prebuilt}; may be missing
     */
    public record Files(Path directory, Path sources, Path compose, Path lock, Path output, Path install) {
        /** A file as the user would name it: relative to the project where it stands inside. */
        public String show(Path file) {
            return FileNames.text(file.startsWith(directory) ? directory.relativize(file) : file);
        }
    }

    /**
     * What the images are for.
     *
     * @param from the base, as the contract's parameter {@code from} writes it
     * @param rosDistro the ROS distribution, where the base does not tell
     * @param deviceTypes balena slugs
     * @param platforms OCI platforms, for example {@code linux/arm64}; empty: those of the device types
     * @param conditionVariables what conditions of {@code package.xml} read besides the variables of the distribution
     */
    public record Target(
            Optional<String> from,
            Optional<String> rosDistro,
            List<String> deviceTypes,
            List<String> platforms,
            Map<String, String> conditionVariables) {
        public Target {
            deviceTypes = List.copyOf(deviceTypes);
            platforms = List.copyOf(platforms);
            conditionVariables = Map.copyOf(conditionVariables);
        }
    }

    /**
     * What is said of the manifest in the POM.
     *
     * @param accept labels and rights that services get although they give away the device: {@code LABEL},
     *     {@code privileged}, {@code /PATH} of a file with a key, or one of them behind {@code SERVICE:}
     */
    public record Manifest(List<String> accept) {
        public Manifest {
            accept = List.copyOf(accept);
        }
    }

    /**
     * Whom to trust for Debian packages.
     *
     * @param sources apt source files, or text of such files
     * @param keyrings keyring files
     * @param replace whether these take the place of the base's own
     * @param unknownScripts {@code warn}, {@code fail} or {@code ignore}: what is said of maintainer scripts whose effect
     *     is not known
     * @param installRecommends whether services get what their packages recommend
     * @param prune whether services go without what only who compiles needs
     * @param maxIndexAge age after which an index is not believed, where its archive changes all the time
     * @param upgradeBase which packages of a ready-made base are brought to later versions
     * @param trust what is believed beyond and besides signatures
     */
    public record Apt(
            List<String> sources,
            List<String> keyrings,
            boolean replace,
            String unknownScripts,
            boolean installRecommends,
            boolean prune,
            Optional<Duration> maxIndexAge,
            UpgradeBase upgradeBase,
            Trust trust) {
        public Apt {
            sources = List.copyOf(sources);
            keyrings = List.copyOf(keyrings);
        }
    }

    /**
     * What is believed beyond and besides signatures.
     *
     * @param allowUnsigned URIs of archives that may be used without a signature
     * @param verifyLock whether it must be proved of every locked package that it stands in a signed index
     * @param snapshotDate the moment from which archives are wanted, as snapshot services name it
     * @param snapshots {@code ORIGIN=ADDRESS}: where archives can be had as they were
     * @param allowSetId packages, not of the distribution, that may bring programs which run with their owner's rights
     */
    public record Trust(
            List<String> allowUnsigned,
            boolean verifyLock,
            Optional<String> snapshotDate,
            List<String> snapshots,
            List<String> allowSetId) {
        public Trust {
            allowUnsigned = List.copyOf(allowUnsigned);
            snapshots = List.copyOf(snapshots);
            allowSetId = List.copyOf(allowSetId);
        }
    }

    /**
     * Where rosdep keys are looked up.
     *
     * @param sources URLs or files of databases; empty: those of ros/rosdistro at the tag
     * @param index URL or file of the rosdistro index
     * @param tag tag of ros/rosdistro
     * @param dependencyTypes {@code exec}, {@code exec+build_export} or {@code all}
     * @param skipKeys keys that are taken as satisfied
     */
    public record Rosdep(
            List<String> sources,
            Optional<String> index,
            Optional<String> tag,
            String dependencyTypes,
            Set<String> skipKeys) {
        public Rosdep {
            sources = List.copyOf(sources);
            skipKeys = Set.copyOf(skipKeys);
        }
    }

    /**
     * Where Python wheels come from.
     *
     * @param indexes addresses or folders of indexes, as pip's {@code --index-url} takes them; empty: those of pip's
     *     configuration on this machine
     */
    public record Pip(List<String> indexes) {
        public Pip {
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * How strictly and by which means to build.
     *
     * @param locked whether a stale lock is a failure
     * @param strict whether warnings are failures
     * @param pruneDocs whether images do without documentation
     * @param runtimeTrees whether images do without what only a compile of other packages reads of the workspace's
     * @param byteCode whether images hold Python byte code where a build root can compile it
     * @param preflight {@code fail}, {@code warn} or {@code ignore}: what becomes of what images lack
     * @param engine {@code auto}, {@code root}, … as {@link io.rosbalena.colcon.EngineName} has them
     * @param verifyReproducible {@code true}, {@code false}, or names of packages: what is compiled twice and compared
     * @param interpolation what {@code ${…}} in the compose file may read: properties of the POM and named variables of
     *     the process
     * @param cmakeArgs arguments for CMake, which win over those of the project's files for colcon
     * @param emulate packages that are compiled by an emulator for platforms of other machines
     * @param ccache whether the build root holds {@code ccache}, for compiles that are nearly those of before
     * @param sourceRoots folders outside of the project that links in the workspace may lead into
     */
    public record Build(
            boolean locked,
            boolean strict,
            boolean pruneDocs,
            boolean runtimeTrees,
            boolean byteCode,
            String preflight,
            String engine,
            List<String> verifyReproducible,
            Map<String, String> interpolation,
            List<String> cmakeArgs,
            List<String> emulate,
            boolean ccache,
            List<Path> sourceRoots) {
        public Build {
            verifyReproducible = List.copyOf(verifyReproducible);
            interpolation = Map.copyOf(interpolation);
            cmakeArgs = List.copyOf(cmakeArgs);
            emulate = List.copyOf(emulate);
            sourceRoots = List.copyOf(sourceRoots);
        }
    }
}
