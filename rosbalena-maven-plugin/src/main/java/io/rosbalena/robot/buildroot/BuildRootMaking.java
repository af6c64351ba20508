package io.rosbalena.robot.buildroot;

import io.rosbalena.colcon.BuildRoot;
import io.rosbalena.colcon.CompilerCache;
import io.rosbalena.colcon.CrossCompile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Roots;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Makes a root that is compiled in, from the same packages and wheels as the images. */
public final class BuildRootMaking {
    /** Raised when the same packages would give another root. */
    private static final int LAYOUT = 3;

    /** The interpreter of Debian's packages. */
    public static final String PYTHON = "/usr/bin/python3";

    /** A mount point of every build root. */
    private static final String ELSEWHERE = "/ros2_ws/build";

    /** What to do about scripts that are not understood where nothing but compilers runs. */
    private static final String SCRIPTS =
            "it is about the build root, not about an image: nothing to do unless a compile"
                    + " misses what these lines do; -Drosbalena.unknownScripts=ignore says no more of it";

    private final RootTar tar;
    private final Surroundings surroundings;
    private final Optional<SysrootMaking> sysroot;

    /**
     * A root of a platform, as the lock names its packages.
     *
     * @param set which of the lock's sets stands in it
     * @param base what the root stands on: that of the images
     * @param states opens the packages
     */
    public BuildRootMaking(
            String set,
            LockedPlatform locked,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings) {
        this(
                new RootTar(locked, platform, base, locked.members(set), locked.wheels(set), states, surroundings),
                surroundings,
                Optional.empty());
    }

    private BuildRootMaking(RootTar tar, Surroundings surroundings, Optional<SysrootMaking> sysroot) {
        this.tar = tar;
        this.surroundings = surroundings;
        this.sysroot = sysroot;
    }

    /** The same root with what it needs to compile against a sysroot. */
    public BuildRootMaking against(SysrootMaking other) {
        LockedPlatform locked = tar.locked();
        Set<String> names = new TreeSet<>(locked.sets().getOrDefault(LockedPlatform.CROSS, List.of()));
        Set<String> wanted = CrossCompile.withoutLibc(other.cross().machine(), names);
        List<LockedPackage> packages = new ArrayList<>(tar.packages());
        locked.members(LockedPlatform.CROSS).stream()
                .filter(one -> wanted.contains(one.name()))
                .forEach(packages::add);
        return new BuildRootMaking(
                new RootTar(
                        locked,
                        tar.platform(),
                        tar.base(),
                        packages.stream().sorted().toList(),
                        tar.wheels(),
                        tar.states(),
                        surroundings),
                surroundings,
                Optional.of(other));
    }

    /** What the root is made from. */
    Digest digest() {
        KeyBuilder key = new KeyBuilder().add("layout", LAYOUT);
        tar.addTo(key);
        if (hasCompilerCache()) {
            key.add("compiler cache", CompilerCache.PLACE);
        }
        sysroot.ifPresent(other -> key.add(
                        "mount points", CrossCompile.mountPoints(other.cross().machine()))
                .add("links", CrossCompile.links(other.cross().machine()).entrySet()));
        return key.build();
    }

    /** Where the root stands once it is made. */
    public BuildRoot root() {
        Digest digest = digest();
        Path directory = Roots.in(surroundings.store()).directory(digest);
        return sysroot.map(other -> new BuildRoot(
                        directory,
                        new KeyBuilder()
                                .add("root", digest)
                                .add("sysroot", other.digest())
                                .add("cross", CrossCompile.VERSION)
                                .build(),
                        Optional.of(other.cross())))
                .orElseGet(() -> new BuildRoot(directory, digest));
    }

    /** Makes the root on disk if it is not there; its wheels must be in the store. */
    public void make(Sandbox sandbox) throws IOException, InterruptedException {
        make(sandbox, root -> compilePython(new Interpreter(root, sandbox), root));
    }

    /**
     * The same for a root whose programs are emulated.
     *
     * @param own makes this machine's root, whose interpreter compiles the byte code where it is of the same version: it is
     *     the same for every processor, and emulated that takes minutes
     * @param sandbox enters that root
     * @param emulating enters this one
     */
    public void make(BuildRootMaking own, Sandbox sandbox, Sandbox emulating) throws IOException, InterruptedException {
        make(emulating, root -> {
            own.make(sandbox);
            Path there = own.root().directory();
            boolean same = pythonFolders(there).equals(pythonFolders(root));
            compilePython(same ? new Interpreter(there, sandbox) : new Interpreter(root, emulating), root);
        });
    }

    private void make(Sandbox sandbox, Roots.Finish finish) throws IOException, InterruptedException {
        if (!sandbox.isolatesNetwork()) {
            surroundings
                    .console()
                    .finding(
                            Finding.warning(
                                            "RB337",
                                            "the only way into the build root that is open on this machine ("
                                                    + sandbox.name()
                                                    + ") does not close the network: what is made there could depend on it")
                                    .fix(
                                            "build where user namespaces are open, for example not in a container that closes them"));
        }
        Roots.in(surroundings.store()).unpack(digest(), this::write, finish, surroundings.console());
        if (sysroot.isPresent()) {
            sysroot.get().make();
        }
    }

    /** Python of a root, and the way to it. */
    private record Interpreter(Path root, Sandbox sandbox) {}

    private void write(OutputStream out) throws IOException {
        surroundings
                .console()
                .stage("Unpacking the build root: " + tar.packages().size() + " packages");
        tar.write(out, mountPoints(), UnaryOperator.identity())
                .forEach(script -> surroundings.console().finding(script.fix(SCRIPTS)));
    }

    private boolean hasCompilerCache() {
        return tar.packages().stream().anyMatch(one -> one.name().equals(CompilerCache.PACKAGE));
    }

    private FileTree mountPoints() {
        MemoryTree tree = new MemoryTree().directory("ros2_ws", 0755);
        for (String name : List.of("src", "build", "install", "log")) {
            tree.directory("ros2_ws/" + name, 0755);
        }
        if (hasCompilerCache()) {
            tree.directory(CompilerCache.PLACE.substring(1), 0755);
        }
        sysroot.map(other -> other.cross().machine()).ifPresent(machine -> {
            CrossCompile.mountPoints(machine).forEach(path -> tree.directory(path.substring(1), 0755));
            CrossCompile.links(machine).forEach((path, target) -> tree.symlink(path.substring(1), target));
        });
        return tree;
    }

    /**
     * Compiles the byte code of a root's Python libraries: CMake and colcon start it often, and without byte code each
     * start costs a second.
     */
    private static void compilePython(Interpreter interpreter, Path root) throws IOException, InterruptedException {
        if (!Files.isExecutable(root.resolve("usr/bin/python3"))) {
            return;
        }
        List<String> folders = pythonFolders(root);
        List<SandboxCommand.Bind> binds = new ArrayList<>();
        List<String> arguments = new ArrayList<>(
                List.of(PYTHON, "-m", "compileall", "-q", "-j0", "--invalidation-mode", "unchecked-hash"));
        if (interpreter.root().equals(root)) {
            folders.forEach(
                    folder -> binds.add(new SandboxCommand.Bind(root.resolve(folder.substring(1)), folder, true)));
            arguments.addAll(folders);
        } else {
            // The other root's libraries are seen elsewhere, but byte code names them as they stand there.
            binds.add(new SandboxCommand.Bind(root.resolve("usr/lib"), ELSEWHERE, true));
            arguments.addAll(List.of("-s", ELSEWHERE, "-p", "/usr/lib"));
            folders.forEach(folder -> arguments.add(folder.replaceFirst("/usr/lib", ELSEWHERE)));
        }
        List<String> output = new ArrayList<>();
        int status = interpreter
                .sandbox()
                .run(
                        new SandboxCommand(
                                interpreter.root(),
                                binds,
                                "/",
                                Map.of(
                                        "PATH",
                                        "/usr/bin:/bin",
                                        "PYTHONHASHSEED",
                                        "0",
                                        "SOURCE_DATE_EPOCH",
                                        "946684800"),
                                arguments),
                        output::add);
        // Packages ship files of other Python versions, which do not compile; that status is 1 and of no importance.
        if (status > 1 || !hasByteCode(root, folders)) {
            throw FindingException.environment(Finding.error(
                            "RB718",
                            "python3 of the build root has compiled no libraries, and ends with " + status + ": "
                                    + String.join("\n", output))
                    .fix("run the build again with -X; if it stays, run rosbalena:clean-store"));
        }
    }

    /** Where a root's Python libraries stand in it; nowhere if it has none. */
    private static List<String> pythonFolders(Path root) throws IOException {
        List<String> folders = new ArrayList<>();
        if (Files.isDirectory(root.resolve("usr/lib"))) {
            try (DirectoryStream<Path> libraries = Files.newDirectoryStream(root.resolve("usr/lib"), "python3*")) {
                for (Path library : libraries) {
                    if (Files.isDirectory(library)) {
                        folders.add("/usr/lib/" + library.getFileName());
                    }
                }
            }
        }
        folders.sort(null);
        return folders;
    }

    /** Whether at least the libraries of the interpreter are compiled, which every Python has. */
    private static boolean hasByteCode(Path root, List<String> folders) {
        return folders.isEmpty()
                || folders.stream()
                        .anyMatch(folder -> Files.isDirectory(
                                root.resolve(folder.substring(1)).resolve("__pycache__")));
    }
}
