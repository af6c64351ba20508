package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Unpacking;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The folders in which a wheel is made, in the store's scratch space; gone when it is closed. */
final class Workshop implements AutoCloseable {
    /** Where the script finds a place for the wheel. */
    static final String OUT = "/ros2_ws/log";

    private static final String SCRIPT = "make_wheel.py";
    private static final String SOURCES = "/ros2_ws/src";
    private static final String TOOLS = "/ros2_ws/install";
    private static final int TOLD = 15;

    private final Path root;
    private final LockedWheel.Source source;
    private final Path folder;

    private Workshop(Path root, LockedWheel.Source source, Path folder) {
        this.root = root;
        this.source = source;
        this.folder = folder;
    }

    /**
     * Lays sources, script and tools out.
     *
     * @param root of the sandbox
     * @param source in the store
     * @param tools wheels that the backend imports, in the store
     */
    static Workshop open(Path root, LockedWheel.Source source, List<LockedWheel> tools, BlobStore store)
            throws IOException, InterruptedException {
        Path folder = store.temporary().resolve("wheel-" + UUID.randomUUID());
        Workshop workshop = new Workshop(root, source, folder);
        for (String name : List.of("src", "build", "tools", "out")) {
            Files.createDirectories(folder.resolve(name));
        }
        // The name comes from an index, so the file gets one of ours; the backend sees only what is in it.
        Files.copy(store.path(source.sha256()), folder.resolve("src").resolve(workshop.archive()));
        try (InputStream script = Objects.requireNonNull(Workshop.class.getResourceAsStream(SCRIPT))) {
            Files.copy(script, folder.resolve("src").resolve(SCRIPT));
        }
        if (!tools.isEmpty()) {
            Unpacking.unpack(
                    out -> write(tools, store, new TarWriter(out)),
                    folder.resolve("tools"),
                    List.of("--no-same-owner"));
        }
        return workshop;
    }

    private String archive() {
        return source.filename().endsWith(".zip") ? "sources.zip" : "sources.tar.gz";
    }

    private static void write(List<LockedWheel> tools, BlobStore store, TarWriter tar) throws IOException {
        Set<TreePath> directories = new HashSet<>();
        for (LockedWheel tool : tools) {
            try (FileTree tree = WheelParts.open(tool, store)) {
                for (Entry entry : tree.entries()) {
                    if (!entry.isDirectory() || directories.add(entry.path())) {
                        tar.write(entry);
                    }
                }
            }
        }
        tar.finish();
    }

    /**
     * Runs the script.
     *
     * @return what it printed
     * @throws FindingException RB296 if it fails
     */
    List<String> run(String action, List<String> arguments, Sandbox sandbox) throws IOException, InterruptedException {
        Path tools = folder.resolve("tools").resolve("ros2_ws").resolve("python");
        List<SandboxCommand.Bind> binds = new ArrayList<>(List.of(
                new SandboxCommand.Bind(folder.resolve("src"), SOURCES, false),
                new SandboxCommand.Bind(folder.resolve("build"), "/ros2_ws/build", true),
                new SandboxCommand.Bind(folder.resolve("out"), OUT, true)));
        if (Files.isDirectory(tools)) {
            binds.add(new SandboxCommand.Bind(tools, TOOLS, false));
        }
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PATH", TOOLS + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "PYTHONPATH", TOOLS,
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONHASHSEED", "0",
                "HOME", "/tmp",
                "LANG", "C.UTF-8",
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC",
                "SOURCE_DATE_EPOCH", Long.toString(Entry.EPOCH)));
        List<String> command = new ArrayList<>(
                List.of(BuildRootMaking.PYTHON, SOURCES + "/" + SCRIPT, action, SOURCES + "/" + archive()));
        command.addAll(arguments);
        List<String> output = new ArrayList<>();
        int status = sandbox.run(new SandboxCommand(root, binds, "/", environment, command), line -> {
            synchronized (output) {
                output.add(line);
            }
        });
        // The next action unpacks anew: a backend may have written among the sources.
        DirectoryRemoval.remove(folder.resolve("build"));
        Files.createDirectories(folder.resolve("build"));
        if (status != 0) {
            throw failed("its build backend ends with " + status + ":\n"
                    + String.join("\n", output.subList(Math.max(0, output.size() - TOLD), output.size())));
        }
        return output;
    }

    /** The one file that the backend left, in the store from now on. */
    WheelMakingStage.Made result(BlobStore store) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve("out"), "*.whl")) {
            found.forEach(files::add);
        }
        if (files.size() != 1 || !Files.isRegularFile(files.get(0), LinkOption.NOFOLLOW_LINKS)) {
            throw failed("its build backend leaves " + files.size() + " wheels instead of one");
        }
        try (InputStream wheel = Files.newInputStream(files.get(0))) {
            return new WheelMakingStage.Made(files.get(0).getFileName().toString(), store.put(wheel));
        }
    }

    private FindingException failed(String why) {
        return FindingException.input(Finding.error(
                        "RB296", "no wheel can be made from the sources " + source.filename() + ": " + why)
                .fix("pin a version that has wheels, as NAME==VERSION in the rule of the key; give the service the"
                        + " Debian packages that the sources need, in x-rosbalena.apt; or take the project from an index"
                        + " that has a wheel"));
    }

    @Override
    public void close() throws IOException {
        DirectoryRemoval.remove(folder);
    }
}
