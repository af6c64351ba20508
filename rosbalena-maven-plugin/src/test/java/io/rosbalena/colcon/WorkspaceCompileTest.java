package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.SharedData;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real: colcon, CMake and g++ in a build root. */
class WorkspaceCompileTest {
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

    @Test
    void aWorkspaceWithoutChangesDoesNotStartColcon() throws IOException, InterruptedException {
        CompiledWorkspace again = new WorkspaceCompile(
                        warm, ClosedSandbox::new, root, CompileFlags.of("humble"), folder)
                .compile(built(packages()), Progress.SILENT);

        assertThat(again.compiled()).isEmpty();
        assertThat(again.trees()).isEqualTo(first.trees());
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
        Path logs = store.root().resolveSibling("store-log");
        return new WorkspaceCompile(store, () -> sandbox, root, new CompileFlags("humble", List.of(), jobs), logs)
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

    /** A way into no root at all. */
    private static final class ClosedSandbox implements Sandbox {
        @Override
        public String name() {
            return "closed";
        }

        @Override
        public boolean isolatesNetwork() {
            return true;
        }

        @Override
        public int run(SandboxCommand command, Consumer<String> output) {
            throw new AssertionError("started " + command.arguments());
        }
    }
}
