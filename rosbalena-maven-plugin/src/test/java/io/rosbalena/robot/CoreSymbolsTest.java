package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.DebugFile;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.symbols.CoreSymbols;
import io.rosbalena.robot.symbols.DebugArchive;
import io.rosbalena.robot.symbols.DebugFolder;
import io.rosbalena.sandbox.BusyboxRoot;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.SharedResults;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.symbols.RealCore;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the machine's gcc dies where robots have it; gdb then follows what is printed. */
class CoreSymbolsTest {
    private static final Pattern ID = Pattern.compile("Build ID: ([0-9a-f]+)");
    private static final Pattern LOADED = Pattern.compile("(/\\S+/(libc\\.so\\.6|ld-linux\\S+)) \\(");
    private static final String PROGRAM = "ros2_ws/install/walker/lib/walker/walker";
    private static final String LIBRARY = "ros2_ws/install/fall/lib/libfall.so.1.2";

    @TempDir
    static Path shared;

    private static Path root;
    private static Path core;

    @TempDir
    Path folder;

    @BeforeAll
    static void dieInARoot() throws IOException, InterruptedException {
        RealTool.require("gcc", "gdb", "ldd", "objcopy", "readelf");
        root = BusyboxRoot.unpack(BlobStore.open(shared.resolve("store")));
        compile();
        core = RealCore.in(
                shared,
                working -> Sandboxes.choose()
                        .run(
                                new SandboxCommand(
                                        root,
                                        List.of(new SandboxCommand.Bind(working, "/out", true)),
                                        "/out",
                                        Map.of("PATH", "/bin"),
                                        List.of("sh", "-c", "ulimit -c unlimited; exec /" + PROGRAM)),
                                line -> {}));
    }

    private static void compile() throws IOException {
        Files.createDirectories(root.resolve(PROGRAM).getParent());
        Files.createDirectories(root.resolve(LIBRARY).getParent());
        Files.writeString(shared.resolve("fall.c"), "#include <stdlib.h>\nvoid fall(void) {\n  abort();\n}\n");
        Files.writeString(shared.resolve("main.c"), "void fall(void);\nint main() {\n  fall();\n  return 0;\n}\n");
        gcc("-shared", "-fPIC", "-Wl,-soname,libfall.so.1", "-o", "libfall.so", "fall.c");
        gcc("-o", "walker", "main.c", "-L.", "-lfall", "-Wl,-rpath,/ros2_ws/install/fall/lib");
        RealTool.run(
                shared,
                "objcopy",
                "--strip-unneeded",
                "walker",
                root.resolve(PROGRAM).toString());
        RealTool.run(
                shared,
                "objcopy",
                "--strip-unneeded",
                "libfall.so",
                root.resolve(LIBRARY).toString());
        RealTool.run(shared, "objcopy", "--only-keep-debug", "walker", "walker.debug");
        RealTool.run(shared, "objcopy", "--only-keep-debug", "libfall.so", "fall.debug");
        Files.createSymbolicLink(root.resolve(LIBRARY).resolveSibling("libfall.so.1"), Path.of("libfall.so.1.2"));
        Matcher loaded = LOADED.matcher(RealTool.run(shared, "ldd", "walker"));
        while (loaded.find()) {
            Path there = root.resolve(loaded.group(1).substring(1));
            Files.createDirectories(there.getParent());
            Files.copy(Path.of(loaded.group(1)).toRealPath(), there);
        }
    }

    private static void gcc(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 3];
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        command[0] = "gcc";
        command[1] = "-g";
        command[2] = "-Wl,--build-id";
        RealTool.run(shared, command);
    }

    @Test
    void whatIsPrintedLeadsGdbToTheLine() throws IOException, InterruptedException {
        SmallRobot robot = built();
        BlobStore store = BlobStore.open(robot.storeFolder());
        Digest archive = archive(store);
        new DebugFolder(robot.robotProject()).write(Map.of("debug", archive), store);

        List<String> lines = symbols(robot, Optional.empty());

        assertThat(lines)
                .contains("the program was /" + PROGRAM, "it ran in the image of the service walker for linux/amd64")
                .containsSubsequence("/" + PROGRAM, "    walker, build id " + id("walker") + debugFile(id("walker")))
                .containsSubsequence(
                        "/" + LIBRARY, "    fall, build id " + id("libfall.so") + debugFile(id("libfall.so")))
                .anyMatch(line -> line.startsWith("    libc6, build id "));
        String gdb = lines.get(lines.size() - 1).strip();
        assertThat(RealTool.run(folder, "sh", "-c", gdb.replaceFirst("gdb ", "gdb --batch -nx -ex backtrace ")))
                .contains("fall () at fall.c:3", "main () at main.c:3");
    }

    @Test
    void anArchiveOfAnotherFolderIsTakenWhereItIsNamed() throws IOException, InterruptedException {
        SmallRobot robot = SmallRobot.in(folder);
        BlobStore store = BlobStore.open(robot.storeFolder());
        Path named = Files.copy(store.path(archive(store)), folder.resolve("courier-1-debug.tar.gz"));

        assertThat(symbols(robot, Optional.of(named)))
                .anyMatch(line -> line.startsWith("no image in target/rosbalena/images holds it"))
                .contains("    fall, build id " + id("libfall.so") + debugFile(id("libfall.so")));
    }

    @Test
    void filesOfAnotherBuildAreToldAsMissing() throws IOException {
        SmallRobot robot = SmallRobot.in(folder);

        assertThat(symbols(robot, Optional.empty()))
                .contains("    walker, build id " + id("walker") + ", its debug file is not in the archive");
    }

    @Test
    void whatDoesNotReadIsToldWithItsName() throws IOException {
        SmallRobot robot = SmallRobot.in(folder).write("notes.txt", "the robot fell");

        assertThatThrownBy(() -> CoreSymbols.of(
                        robot.robotProject(), robot.surroundings(), robot.file("notes.txt"), Optional.empty()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("notes.txt: error RB421 the core does not read: it is no ELF file");
        assertThatThrownBy(() -> symbols(robot, Optional.of(robot.file("notes.txt"))))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("notes.txt: error RB422 the archive of debug files does not read");
        assertThatThrownBy(() -> symbols(robot, Optional.of(robot.file("nothing"))))
                .hasMessageContaining("nothing: error RB422")
                .hasMessageContaining("there is no such file");
    }

    private static List<String> symbols(SmallRobot robot, Optional<Path> archive) throws IOException {
        return CoreSymbols.of(robot.robotProject(), robot.surroundings(), core, archive);
    }

    /** A robot whose image has at their places the files that the program ran from. */
    private SmallRobot built() throws IOException, InterruptedException {
        SmallRobot robot = SmallRobot.in(folder);
        StringBuilder files = new StringBuilder();
        for (Path top : List.of(Path.of("ros2_ws"), Path.of("lib"), Path.of("lib64"))) {
            if (Files.isDirectory(root.resolve(top))) {
                RealTool.run(
                        folder,
                        "cp",
                        "-a",
                        root.resolve(top).toString(),
                        robot.file("").toString());
                files.append("        - ").append(top).append(":/").append(top).append('\n');
            }
        }
        String library = LOADED.matcher(RealTool.run(shared, "ldd", "walker"))
                .results()
                .map(loaded -> loaded.group(1).substring(1))
                .filter(path -> path.endsWith("libc.so.6"))
                .findFirst()
                .orElseThrow();
        // The true one comes with the files of the service, which stand above packages.
        robot.archive().debWith(Map.of(library, ""), "libc6", "2.36-9", "amd64");
        robot.publish().write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello]
                  walker:
                    command: [/ros2_ws/install/walker/lib/walker/walker]
                    x-rosbalena:
                      apt: [libc6]
                      files:
                """ + files);
        robot.build();
        return robot;
    }

    private static Digest archive(BlobStore store) throws IOException {
        TreeMap<String, InstallTree> trees = new TreeMap<>();
        trees.put("walker", tree("walker", "lib/walker/walker", "walker", "walker.debug", store));
        trees.put("fall", tree("fall", "lib/libfall.so.1.2", "libfall.so", "fall.debug", store));
        return DebugArchive.write(new CompiledWorkspace(trees, Set.of()), store, SharedResults.NONE)
                .orElseThrow()
                .digest();
    }

    private static InstallTree tree(String name, String file, String whole, String debug, BlobStore store)
            throws IOException {
        byte[] bytes = Files.readAllBytes(shared.resolve(debug));
        DebugFile kept = new DebugFile(TreePath.parse(file), Optional.of(id(whole)), store.put(bytes), bytes.length);
        return new InstallTree(name, List.of(), List.of(kept), List.of(), Digest.of(name), Digest.of(name));
    }

    private static String debugFile(BuildId id) {
        return ", debug file target/rosbalena/symbols/usr/lib/debug/" + id.debugFile();
    }

    private static BuildId id(String file) throws IOException {
        Matcher id = ID.matcher(RealTool.run(shared, "readelf", "-n", file));
        assertThat(id.find()).isTrue();
        return new BuildId(id.group(1));
    }
}
