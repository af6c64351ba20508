package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.SharedData;
import io.rosbalena.environment.DsvEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.workspace.ConditionContexts;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real: colcon, CMake and g++ in a build root. */
class WorkspaceCompileTest {
    private static final CompileFlags FLAGS =
            CompileFlags.of("humble", ConditionContexts.of("humble", Map.of()).colcon(), ColconSettings.NONE);

    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    @TempDir
    static Path shared;

    private static BuildRoot root;
    private static Sandbox sandbox;
    private static BlobStore warm;
    private static CompiledWorkspace first;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheWorkspaceOnce() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
        warm = BlobStore.open(shared.resolve("store"));
        first = compile(warm, 2, packages());
    }

    private static List<SourcePackage> packages() {
        return new ArrayList<>(List.of(
                SourcePackage.cmake(
                                "counter",
                                "add_library(counter SHARED src/counter.cpp)",
                                "target_include_directories(counter PUBLIC"
                                        + " $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
                                        + " $<INSTALL_INTERFACE:include>)",
                                "install(DIRECTORY include/ DESTINATION include)",
                                "install(TARGETS counter EXPORT counterTargets LIBRARY DESTINATION lib)",
                                "ament_export_targets(counterTargets HAS_LIBRARY_TARGET)")
                        .file("include/counter/counter.hpp", "int count(int from);\nextern int limit;\n")
                        .file(
                                "src/counter.cpp",
                                "#include \"counter/counter.hpp\"\n#include <cassert>\nint limit = 7;\n"
                                        + "int count(int from) { assert(from < limit); return from + 1; }\n"),
                SourcePackage.cmake(
                                "walker",
                                "find_package(counter REQUIRED)",
                                "add_executable(walker src/walker.cpp)",
                                "target_link_libraries(walker counter::counter)",
                                "install(TARGETS walker DESTINATION lib/walker)")
                        .depend("counter")
                        .file(
                                "src/walker.cpp",
                                "#include \"counter/counter.hpp\"\nint main() { return count(limit) - 8; }\n"),
                SourcePackage.python("talker").execDepend("counter"),
                SourcePackage.cmake("bringup", "install(DIRECTORY config DESTINATION share/bringup)")
                        .execDepend("walker")
                        .execDepend("talker")
                        .file("config/robot.yaml", "rate: 10\n")));
    }

    @Test
    void everyPackageGetsItsOwnTreeWithFixedOwnersModesAndTimes() {
        assertThat(first.compiled()).containsExactlyInAnyOrder("bringup", "counter", "talker", "walker");
        List<Entry> entries = first.trees().get("walker").tree(warm).entries();
        assertThat(entries)
                .extracting(entry -> entry.path().text())
                .contains(
                        "ros2_ws/install/walker/lib/walker/walker", "ros2_ws/install/walker/share/walker/package.xml");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.mtime()).isEqualTo(Entry.EPOCH);
            assertThat(entry.uid() + entry.gid()).isZero();
            boolean executable =
                    entry.isDirectory() || entry.path().text().equals("ros2_ws/install/walker/lib/walker/walker");
            assertThat(entry.mode()).isEqualTo(executable ? 0755 : 0644);
        });
    }

    @Test
    void anotherDirectoryAndSequentialCompilesGiveTheSameBytes() throws IOException, InterruptedException {
        BlobStore other = BlobStore.open(folder.resolve("another störe"));

        CompiledWorkspace again = compile(other, 1, packages());

        assertThat(again.compiled()).hasSize(4);
        assertThat(contents(again)).isEqualTo(contents(first));
        assertThat(again.trees()).isEqualTo(first.trees());
    }

    /** Each alone, the last first, with one job, while the first compile took all of a level in one call of colcon. */
    @Test
    void everyPackageAloneAndInAnotherOrderGivesTheSameBytes() throws IOException, InterruptedException {
        List<String> calls = new ArrayList<>();
        new SecondCompile(warm, () -> sandbox, root, FLAGS, folder.resolve("log"))
                .check(built(packages()), first.trees(), first.trees().keySet(), new Progress() {
                    @Override
                    public void message(String text) {
                        calls.add(text.replaceFirst(".* ", ""));
                    }

                    @Override
                    public void expect(long bytes) {}

                    @Override
                    public void transferred(long bytes) {}
                });

        assertThat(calls).containsExactly("bringup", "walker", "talker", "counter");
    }

    /** Another user only where this test may become one, who may enter roots. */
    @Test
    void anotherUserUmaskTimeZoneAndLocaleGiveTheSameBytes() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("home"));
        List<String> command = new ArrayList<>();
        if (canBeNobody()) {
            command.addAll(NOBODY);
            RealTool.run(home, "chmod", "a+x", folder.toString());
            RealTool.run(home, "chown", "65534:65534", home.toString());
        }
        command.addAll(List.of(
                "sh",
                "-c",
                "umask 077; cd /; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                readable(classPath()),
                WorkspaceCompileTest.class.getName(),
                home.resolve("store").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C", "LANG", "C", "HOME", home.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo(contents(first).toString());
        assertThat(Files.getAttribute(home.resolve("store"), "unix:uid")).isEqualTo(canBeNobody() ? 65534 : myself());
    }

    private static Object myself() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static boolean canBeNobody() throws IOException, InterruptedException {
        if (!myself().equals(0)) {
            return false;
        }
        List<String> probe = new ArrayList<>(NOBODY);
        probe.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "true"));
        return new ProcessBuilder(probe).start().waitFor() == 0;
    }

    /** Copies for users who may not enter the folders of this one. */
    private String readable(String classPath) throws IOException {
        Path copies = Files.createDirectory(folder.resolve("classes"));
        StringBuilder copied = new StringBuilder();
        for (String entry : classPath.split(":", -1)) {
            Path from = Path.of(entry);
            if (!Files.exists(from)) {
                continue;
            }
            Path to = copies.resolve(copied.length() + "-" + from.getFileName());
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
            copied.append(copied.isEmpty() ? "" : ":").append(to);
        }
        return copied.toString();
    }

    /** The class path of this process, also where a launcher of tests brings its own class loader. */
    private static String classPath() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader instanceof URLClassLoader urls
                ? Stream.of(urls.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
                : System.getProperty("java.class.path");
    }

    /** Compiles the same packages in a process of its own, into a new store. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        sandbox = Sandboxes.choose();
        System.out.println(contents(compile(BlobStore.open(Path.of(arguments[0])), 1, packages())));
    }

    @Test
    void aWorkspaceWithoutChangesDoesNotOpenTheRoot() throws IOException, InterruptedException {
        CompiledWorkspace again = new WorkspaceCompile(
                        warm,
                        () -> {
                            throw new AssertionError("opened the root");
                        },
                        root,
                        FLAGS,
                        folder)
                .compile(built(packages()), Progress.SILENT);

        assertThat(again.compiled()).isEmpty();
        assertThat(again.trees()).isEqualTo(first.trees());
    }

    @Test
    void aPackageCompiledInAnotherRootIsSeenByTheOthersAndKnownAsThatRootsOwn()
            throws IOException, InterruptedException {
        BlobStore store = BlobStore.open(folder.resolve("store"));
        BuildRoot other = new BuildRoot(root.directory(), Digest.of("another root"));
        List<String> opened = new ArrayList<>();
        Entrance there = () -> {
            opened.add("there");
            return sandbox;
        };
        Entrance usual = () -> {
            opened.add("usual");
            return sandbox;
        };
        WorkspaceCompile compile = new WorkspaceCompile(store, usual, root, FLAGS, folder.resolve("log"));

        // First one that others are compiled against, then one that is compiled against another.
        CompiledWorkspace lowest = compile.with(Set.of("counter"), other, there, folder.resolve("log/other"))
                .compile(built(packages()), Progress.SILENT);
        CompiledWorkspace highest = compile.with(Set.of("walker"), other, there, folder.resolve("log/other"))
                .compile(built(packages()), Progress.SILENT);

        assertThat(lowest.trees()).isEqualTo(first.trees());
        assertThat(highest.trees()).isEqualTo(first.trees());
        assertThat(lowest.compiled()).hasSize(4);
        assertThat(highest.compiled()).containsExactlyInAnyOrder("counter", "walker");
        assertThat(opened).containsExactly("there", "usual", "there");
        assertThat(folder.resolve("log/other/counter.log")).exists();
        assertThat(folder.resolve("log/other/walker.log")).exists();
        CompiledWorkspace all = new WorkspaceCompile(store, there, other, FLAGS, folder.resolve("log"))
                .compile(built(packages()), Progress.SILENT);
        assertThat(all.compiled()).containsExactlyInAnyOrder("bringup", "talker");
    }

    @Test
    void aChangedFunctionBodyCompilesItsPackageAlone() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0).change("src/counter.cpp", "from + 1", "from * 3 - limit");

        CompiledWorkspace again = compile(warm, 2, packages);

        assertThat(again.compiled()).containsExactly("counter");
        assertThat(contents(again).get("counter")).isNotEqualTo(contents(first).get("counter"));
    }

    @Test
    void aChangedHeaderCompilesWhoIsCompiledAgainstItAndNobodyElse() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0).change("include/counter/counter.hpp", "int limit", "/* most */ int limit");

        assertThat(compile(warm, 2, packages).compiled()).containsExactlyInAnyOrder("counter", "walker");
    }

    @Test
    void everyPackageThatDoesNotCompileIsToldWithFileAndLine() throws IOException {
        List<SourcePackage> packages = packages();
        packages.get(0).change("src/counter.cpp", "from + 1", "form + 1");
        packages.add(SourcePackage.python("snake").change("setup.py", "from setuptools", "from setup_tools"));
        packages.add(SourcePackage.cmake("lost", "find_package(nowhere REQUIRED)"));

        assertThatThrownBy(() -> compile(BlobStore.open(folder.resolve("store")), 2, packages))
                .isInstanceOfSatisfying(FindingException.class, failure -> {
                    assertThat(failure.findings())
                            .extracting(WorkspaceCompileTest::place)
                            .contains(
                                    "src/group/counter/src/counter.cpp:4 counter",
                                    "src/group/snake/setup.py:1 snake",
                                    "src/group/lost/CMakeLists.txt:4 lost");
                    assertThat(failure.getMessage())
                            .contains("was not declared in this scope; did you mean")
                            .contains("No module named 'setup_tools'")
                            .contains("CMake does not find the package nowhere")
                            .contains("counter.log")
                            .contains(
                                    "not compiled, since they need a package that does not compile: bringup, talker, walker");
                });
        assertThat(folder.resolve("store-log/counter.log")).content().contains("src/counter.cpp:4:");
    }

    @Test
    void aDependencyThatIsDeclaredForRunTimeOnlyCannotBeCompiledAgainst() {
        List<SourcePackage> packages = packages();
        packages.add(
                SourcePackage.cmake("hasty", "find_package(counter REQUIRED)").execDepend("counter"));

        assertThatThrownBy(() -> compile(warm, 2, packages))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("CMake does not find the package counter")
                .hasMessageContaining("src/group/hasty/package.xml with <depend>");
    }

    @Test
    void aFileOfAPackageThatIsNotDeclaredIsNotReadUnnoticed() {
        List<SourcePackage> packages = packages();
        packages.add(SourcePackage.cmake("peeper", "add_executable(peeper main.c)")
                .file("main.c", "#include \"../counter/include/counter/counter.hpp\"\nint main() { return 0; }\n"));

        assertThatThrownBy(() -> compile(BlobStore.open(folder.resolve("store")), 2, packages))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("src/group/peeper/package.xml: error RB412")
                .hasMessageContaining("add <build_depend>counter</build_depend>");
    }

    @Test
    void aPackageForTestsOnlyIsHiddenAlthoughOthersAreCompiledWithIt() throws IOException, InterruptedException {
        BlobStore store = BlobStore.open(folder.resolve("store"));
        SourcePackage tested = SourcePackage.cmake("tested").testDepend("stage");
        Digest alone = contents(compile(store, 1, List.of(tested))).get("tested");

        CompiledWorkspace together = compile(
                BlobStore.open(folder.resolve("other")),
                1,
                List.of(
                        tested,
                        SourcePackage.cmake("stage"),
                        SourcePackage.cmake("actor").depend("stage")));

        assertThat(contents(together)).containsEntry("tested", alone);
    }

    @Test
    void sourcingTheRuntimeTreesGivesTheEnvironmentThatIsComputed() throws IOException, InterruptedException {
        List<FileTree> trees = new ArrayList<>(List.of(first.setup(warm)));
        first.trees().values().forEach(tree -> trees.add(RuntimeTree.of(tree).tree(warm)));
        TreeOnDisk disk = new TreeOnDisk(Files.createDirectory(folder.resolve("disk")));
        for (FileTree tree : trees) {
            for (Entry entry : tree.entries()) {
                disk.write(entry);
            }
        }
        Map<String, String> initial = Map.of("PATH", "/usr/bin:/bin", "PYTHONPATH", "/opt/own");
        Map<String, String> sourced = new TreeMap<>();
        int status = sandbox.run(
                new SandboxCommand(
                        root.directory(),
                        List.of(new SandboxCommand.Bind(
                                folder.resolve("disk/ros2_ws/install"), "/ros2_ws/install", false)),
                        "/",
                        initial,
                        List.of("bash", "-c", "source /ros2_ws/install/setup.bash; env")),
                line -> sourced.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        sourced.keySet().removeAll(Set.of("PWD", "OLDPWD", "SHLVL", "_"));

        assertThat(status).isZero();
        assertThat(sourced).containsKey("LD_LIBRARY_PATH").containsKey("CMAKE_PREFIX_PATH");
        assertThat(DsvEnvironment.evaluate(TreeView.of(trees), List.of("/ros2_ws/install"), initial)
                        .variables())
                .isEqualTo(sourced);
    }

    @Test
    void argumentsReachThePackagesThatTheyAreFor() throws IOException, InterruptedException {
        String[] lines = {
            "file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/said.txt \"${ALL} ${OWN} ${AMENT} ${CMAKE_BUILD_TYPE}\")",
            "install(FILES ${CMAKE_CURRENT_BINARY_DIR}/said.txt DESTINATION share)"
        };
        List<SourcePackage> packages = List.of(
                SourcePackage.cmake("plain", lines),
                SourcePackage.cmake("special", lines),
                SourcePackage.python("other"));
        ColconSettings settings = new ColconSettings(
                new ColconSettings.Arguments(List.of("-DALL=a b", "-DOWN=general"), List.of("-DAMENT=yes")),
                new TreeMap<>(Map.of(
                        "special",
                        new ColconSettings.Arguments(
                                List.of("-DOWN=special", "-DCMAKE_BUILD_TYPE=Release"), List.of()))));
        BlobStore store = BlobStore.open(folder.resolve("store"));
        CompiledWorkspace bare = compile(store, 2, packages);

        CompiledWorkspace told = compile(store, 2, packages, settings);

        assertThat(bare.compiled()).hasSize(3);
        assertThat(told.compiled()).containsExactlyInAnyOrder("plain", "special");
        assertThat(said(store, bare, "plain")).isEqualTo("   RelWithDebInfo");
        assertThat(said(store, told, "plain")).isEqualTo("a b general yes RelWithDebInfo");
        assertThat(said(store, told, "special")).isEqualTo("a b special yes Release");
    }

    private static String said(BlobStore store, CompiledWorkspace workspace, String name) throws IOException {
        Entry file = workspace.trees().get(name).tree(store).entries().stream()
                .filter(entry -> entry.path().name().equals("said.txt"))
                .findFirst()
                .orElseThrow();
        return new String(file.content().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aLinkThatLeadsToNothingOnTheRobotIsRefused() {
        List<SourcePackage> packages = List.of(SourcePackage.cmake(
                "linker",
                "file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/a.txt ${CMAKE_CURRENT_BINARY_DIR}/a.txt SYMBOLIC)",
                "install(FILES ${CMAKE_CURRENT_BINARY_DIR}/a.txt DESTINATION share/linker)"));

        assertThatThrownBy(() -> compile(BlobStore.open(folder.resolve("store")), 1, packages))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("share/linker/a.txt → /ros2_ws/src/group/linker/a.txt");
    }

    @Test
    void theReferencePackagesForDdsCompile() throws IOException, InterruptedException {
        Path reference = SharedData.require("reference/dds");

        CompiledWorkspace compiled = compile(
                BlobStore.open(folder.resolve("store")),
                2,
                List.of(
                        SourcePackage.ofType("chatter_idl", "ament_cmake").filesOf(reference.resolve("chatter_idl")),
                        SourcePackage.ofType("chatter_app", "ament_cmake")
                                .depend("chatter_idl")
                                .filesOf(reference.resolve("chatter_app"))));

        assertThat(compiled.trees().get("chatter_app").files())
                .extracting(file -> file.path().text())
                .contains("lib/chatter_app/talker", "lib/chatter_app/listener");
    }

    private static CompiledWorkspace compile(BlobStore store, int jobs, List<SourcePackage> packages)
            throws IOException, InterruptedException {
        return compile(store, jobs, packages, ColconSettings.NONE);
    }

    private static CompiledWorkspace compile(
            BlobStore store, int jobs, List<SourcePackage> packages, ColconSettings settings)
            throws IOException, InterruptedException {
        Path logs = store.root().resolveSibling("store-log");
        return new WorkspaceCompile(
                        store, () -> sandbox, root, new CompileFlags("humble", FLAGS.variables(), settings, jobs), logs)
                .compile(built(packages), Progress.SILENT);
    }

    private static List<ColconPackage> built(List<SourcePackage> packages) throws IOException {
        List<ColconPackage> built = new ArrayList<>();
        for (SourcePackage source : packages) {
            built.add(source.build());
        }
        return built;
    }

    private static Map<String, Digest> contents(CompiledWorkspace workspace) {
        Map<String, Digest> contents = new TreeMap<>();
        workspace.trees().forEach((name, tree) -> contents.put(name, tree.contentDigest()));
        return contents;
    }

    private static String place(Finding finding) {
        return finding.file().orElse("") + ":" + finding.line() + " "
                + finding.packageName().orElse("");
    }
}
