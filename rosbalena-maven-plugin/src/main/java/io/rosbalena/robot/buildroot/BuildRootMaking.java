package io.rosbalena.robot.buildroot;

import io.rosbalena.apt.state.PlatformState;
import io.rosbalena.colcon.BuildRoot;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.DebParts;
import io.rosbalena.robot.deb.Mirrors;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Roots;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import io.rosbalena.wheel.layout.WheelTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a root that is compiled in, from the same packages and wheels as the images. */
public final class BuildRootMaking {
    /** Raised when the same packages would give another root. */
    private static final int LAYOUT = 3;

    /** The interpreter of Debian's packages. */
    public static final String PYTHON = "/usr/bin/python3";

    private final LockedPlatform locked;
    private final Platform platform;
    private final Base base;
    private final SystemState states;
    private final Surroundings surroundings;
    private final List<LockedPackage> packages;
    private final List<LockedWheel> wheels;

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
        this.locked = locked;
        this.platform = platform;
        this.base = base;
        this.states = states;
        this.surroundings = surroundings;
        this.packages = locked.members(set);
        this.wheels = locked.wheels(set);
    }

    /** What the root is made from. */
    Digest digest() {
        KeyBuilder key = new KeyBuilder()
                .add("layout", LAYOUT)
                .add("platform", platform.toString())
                .add("base", locked.base().diffIds());
        packages.forEach(one -> key.add(one.name(), one.sha256()).add("auto", Boolean.toString(one.auto())));
        wheels.forEach(one -> key.add(one.member(), one.sha256()));
        locked.accounts().forEach((name, id) -> key.add(name, id));
        return key.build();
    }

    /** Where the root stands once it is made. */
    public BuildRoot root() {
        Digest digest = digest();
        return new BuildRoot(Roots.in(surroundings.store()).directory(digest), digest);
    }

    /** Makes the root on disk if it is not there; its wheels must be in the store. */
    public void make(Sandbox sandbox) throws IOException, InterruptedException {
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
        Roots.in(surroundings.store())
                .unpack(digest(), this::write, root -> compilePython(root, sandbox), surroundings.console());
    }

    private void write(OutputStream out) throws IOException {
        Mirrors.ensure(packages, base, surroundings, states::read);
        surroundings.console().stage("Unpacking the build root: " + packages.size() + " packages");
        try {
            PlatformState state = states.of(packages, List.of(), true, locked, platform, base);
            state.findings().forEach(surroundings.console()::finding);
            DebParts parts = new DebParts(states, base, state, true);
            Set<TreePath> directories = new HashSet<>();
            TarWriter tar = new TarWriter(out);
            for (Entry entry : base.tree().entries()) {
                if (!isBelow(entry.path(), state.removed())
                        && (!entry.isDirectory() || directories.add(entry.path()))) {
                    tar.write(entry);
                }
            }
            Parallel.inOrder(packages, parts::open, tree -> write(tree, directories, tar));
            for (LockedWheel one : wheels) {
                write(
                        WheelTree.open(surroundings.store().path(one.sha256()), one.filename(), PYTHON),
                        directories,
                        tar);
            }
            write(state.tree(), directories, tar);
            write(mountPoints(), directories, tar);
            tar.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the build root was written", e);
        }
    }

    private static boolean isBelow(TreePath path, Set<TreePath> removed) {
        for (TreePath at = path; !removed.isEmpty() && !at.isRoot(); at = at.parent()) {
            if (removed.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private static void write(FileTree tree, Set<TreePath> directories, TarWriter tar) throws IOException {
        try (tree) {
            for (Entry entry : tree.entries()) {
                if (!entry.isDirectory() || directories.add(entry.path())) {
                    tar.write(entry);
                }
            }
        }
    }

    private static FileTree mountPoints() {
        MemoryTree tree = new MemoryTree().directory("ros2_ws", 0755);
        for (String name : List.of("src", "build", "install", "log")) {
            tree.directory("ros2_ws/" + name, 0755);
        }
        return tree;
    }

    /**
     * Compiles the byte code of the root's Python libraries with its own interpreter: CMake and colcon start it often,
     * and without byte code each start costs a second.
     */
    private void compilePython(Path root, Sandbox sandbox) throws IOException, InterruptedException {
        List<String> folders = new ArrayList<>();
        List<SandboxCommand.Bind> binds = new ArrayList<>();
        if (!Files.isExecutable(root.resolve("usr/bin/python3"))) {
            return;
        }
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(root.resolve("usr/lib"), "python3*")) {
            for (Path library : libraries) {
                if (Files.isDirectory(library)) {
                    folders.add("/usr/lib/" + library.getFileName());
                }
            }
        }
        folders.sort(null);
        folders.forEach(folder -> binds.add(new SandboxCommand.Bind(root.resolve(folder.substring(1)), folder, true)));
        List<String> arguments = new ArrayList<>(
                List.of(PYTHON, "-m", "compileall", "-q", "-j0", "--invalidation-mode", "unchecked-hash"));
        arguments.addAll(folders);
        List<String> output = new ArrayList<>();
        int status = sandbox.run(
                new SandboxCommand(
                        root,
                        binds,
                        "/",
                        Map.of("PATH", "/usr/bin:/bin", "PYTHONHASHSEED", "0", "SOURCE_DATE_EPOCH", "946684800"),
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

    /** Whether at least the libraries of the interpreter are compiled, which every Python has. */
    private static boolean hasByteCode(Path root, List<String> folders) {
        return folders.isEmpty()
                || folders.stream()
                        .anyMatch(folder -> Files.isDirectory(
                                root.resolve(folder.substring(1)).resolve("__pycache__")));
    }
}
