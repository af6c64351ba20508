package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.ConditionContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real, and looks at the results with binutils and gdb. */
class DebugSymbolsTest {
    private static final CompileFlags FLAGS =
            CompileFlags.of("humble", ConditionContexts.of("humble", Map.of()).colcon(), ColconSettings.NONE);
    private static final String LIBRARY = "lib/libcounter.so";

    @TempDir
    static Path shared;

    private static BuildRoot root;
    private static Sandbox sandbox;
    private static BlobStore store;
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
        store = BlobStore.open(shared.resolve("store"));
        first = compile(counter(), walker());
    }

    private static SourcePackage counter() {
        return SourcePackage.cmake(
                        "counter",
                        "add_library(counter SHARED src/counter.cpp)",
                        "install(DIRECTORY include/ DESTINATION include)",
                        "install(TARGETS counter EXPORT counterTargets LIBRARY DESTINATION lib)",
                        "target_include_directories(counter PUBLIC"
                                + " $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
                                + " $<INSTALL_INTERFACE:include>)",
                        "ament_export_targets(counterTargets HAS_LIBRARY_TARGET)")
                .file("include/counter/counter.hpp", "int count(int from);\n")
                .file("src/counter.cpp", """
                        #include "counter/counter.hpp"
                        #include <string>
                        #include <vector>
                        static int sum(const std::vector<std::string> &names) {
                          int sum = 0;
                          for (const auto &name : names) sum += static_cast<int>(name.size());
                          return sum;
                        }
                        int count(int from) { return sum(std::vector<std::string>(from, "x")) + 1; }
                        """);
    }

    private static SourcePackage walker() {
        return SourcePackage.cmake(
                        "walker",
                        "find_package(counter REQUIRED)",
                        "add_executable(walker src/walker.cpp)",
                        "target_link_libraries(walker counter::counter)",
                        "install(TARGETS walker DESTINATION lib/walker)")
                .depend("counter")
                .file("src/walker.cpp", "#include \"counter/counter.hpp\"\nint main() { return count(7) - 8; }\n");
    }

    @Test
    void movedLinesChangeTheDebugFileAndNothingElse() throws IOException, InterruptedException {
        SourcePackage moved = counter().change("src/counter.cpp", "static int sum", "// Sums up.\n\nstatic int sum");

        CompiledWorkspace again = compile(moved, walker());

        assertThat(again.compiled()).containsExactly("counter");
        assertThat(tree(again, "counter").contentDigest())
                .isEqualTo(tree(first, "counter").contentDigest());
        DebugFile before = debug(first, "counter");
        DebugFile after = debug(again, "counter");
        assertThat(after.blob()).isNotEqualTo(before.blob());
        assertThat(after.place("counter")).isEqualTo(before.place("counter"));
        assertThat(linesOf(before)).contains("counter.cpp").isNotEqualTo(linesOf(after));
    }

    @Test
    void anotherFunctionBodyGivesAnotherBuildId() throws IOException, InterruptedException {
        CompiledWorkspace again = compile(counter().change("src/counter.cpp", "+ 1", "+ 2"), walker());

        assertThat(debug(again, "counter").id())
                .isNotEqualTo(debug(first, "counter").id());
    }

    @Test
    void whatIsInstalledIsStrippedAndSharesABuildIdWithItsDebugFile() throws IOException {
        RealTool.require("readelf");
        for (String name : List.of("counter", "walker")) {
            DebugFile debug = debug(first, name);
            Path stripped = blob(tree(first, name), debug.file().text());

            assertThat(RealTool.run(folder, "readelf", "-SW", stripped.toString()))
                    .contains(".dynsym")
                    .doesNotContain(".symtab", ".debug_", ".comment", ".gnu_debuglink");
            String id = "Build ID: " + debug.id().orElseThrow();
            assertThat(RealTool.run(folder, "readelf", "-n", stripped.toString()))
                    .contains(id);
            assertThat(RealTool.run(
                            folder, "readelf", "-n", store.path(debug.blob()).toString()))
                    .contains(id);
        }
    }

    @Test
    void aDebuggerFindsTheDebugFileByBuildId() throws IOException {
        RealTool.require("gdb");
        DebugFile debug = debug(first, "counter");
        Path place = folder.resolve(debug.place("counter").text());
        Files.createDirectories(place.getParent());
        Files.copy(store.path(debug.blob()), place);
        Path stripped = blob(tree(first, "counter"), LIBRARY);

        assertThat(gdb("/nowhere", stripped)).doesNotContain("counter.cpp");
        assertThat(gdb(folder.resolve(DebugFile.FOLDER.text()).toString(), stripped))
                .contains("File /ros2_ws/src/group/counter/src/counter.cpp:\n9:\tint count(int);");
    }

    @Test
    void aProgramWithoutBuildIdIsStrippedAndItsDebugFileStandsUnderItsPath() throws IOException, InterruptedException {
        SourcePackage plain = SourcePackage.cmake(
                        "plain",
                        "add_executable(plain plain.c)",
                        "target_link_options(plain PRIVATE -Wl,--build-id=none)",
                        "install(TARGETS plain DESTINATION lib/plain)")
                .file("plain.c", "int main() { return 0; }\n");

        CompiledWorkspace compiled = compile(plain);

        DebugFile debug = debug(compiled, "plain");
        assertThat(debug.id()).isEmpty();
        assertThat(debug.place("plain"))
                .isEqualTo(TreePath.parse("/usr/lib/debug/ros2_ws/install/plain/lib/plain/plain.debug"));
        assertThat(RealTool.run(
                        folder,
                        "readelf",
                        "-SW",
                        blob(tree(compiled, "plain"), "lib/plain/plain").toString()))
                .doesNotContain(".symtab");
    }

    @Test
    void whatIsForALinkerForAnotherProcessorOrNotWholeStaysAsItIs() throws IOException, InterruptedException {
        SourcePackage parts = SourcePackage.cmake(
                        "parts",
                        "add_library(fixed STATIC fixed.c)",
                        "add_executable(parts main.c)",
                        "target_link_libraries(parts fixed)",
                        "install(TARGETS fixed DESTINATION lib)",
                        "install(CODE \"execute_process(COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/damage.sh"
                                + " $<TARGET_FILE:parts> ${CMAKE_INSTALL_PREFIX}/share/parts"
                                + " COMMAND_ERROR_IS_FATAL ANY)\")")
                .file("fixed.c", "int fixed(void) { return 3; }\n")
                .file("main.c", "int fixed(void);\nint main() { return fixed(); }\n")
                // The first has the processor of a microcontroller (Xtensa), of the second the tables of sections are
                // gone.
                .file("damage.sh", """
                        set -eu
                        mkdir -p "$2"
                        cp "$1" "$2/firmware"
                        printf '\\136' | dd of="$2/firmware" bs=1 seek=18 conv=notrunc
                        head -c 9000 "$1" >"$2/half"
                        """);

        InstallTree tree = tree(compile(parts), "parts");

        assertThat(tree.debug()).isEmpty();
        assertThat(tree.files())
                .extracting(file -> file.path().text())
                .contains("lib/libfixed.a", "share/parts/firmware", "share/parts/half");
        assertThat(RealTool.run(
                        folder, "readelf", "-SW", blob(tree, "lib/libfixed.a").toString()))
                .contains(".debug_info");
        assertThat(RealTool.run(
                        folder,
                        "readelf",
                        "-SW",
                        blob(tree, "share/parts/firmware").toString()))
                .contains(".debug_info");
    }

    @Test
    void whatCannotBeTakenApartIsToldWithWhatTheToolSaid() {
        SourcePackage odd = SourcePackage.cmake(
                        "odd",
                        "add_executable(odd main.c)",
                        "install(CODE \"execute_process(COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/damage.sh"
                                + " $<TARGET_FILE:odd> ${CMAKE_INSTALL_PREFIX}/share/odd"
                                + " COMMAND_ERROR_IS_FATAL ANY)\")")
                .file("main.c", "int main() { return 0; }\n")
                // The section with the names of all sections is one that there is not.
                .file("damage.sh", """
                        set -eu
                        mkdir -p "$2"
                        cp "$1" "$2/nameless"
                        printf '\\360\\176' | dd of="$2/nameless" bs=1 seek=62 conv=notrunc
                        """);

        assertThatThrownBy(() -> compile(odd))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("error RB420 installs share/odd/nameless, whose symbols cannot be taken out")
                .hasMessageContaining("unable to modify '../install/odd/share/odd/nameless'");
    }

    private String gdb(String folderOfDebugFiles, Path file) throws IOException {
        return RealTool.run(
                folder,
                Map.of("DEBUGINFOD_URLS", ""),
                "gdb",
                "--batch",
                "-nx",
                "-iex",
                "set debug-file-directory " + folderOfDebugFiles,
                "-ex",
                "info functions ^count",
                file.toString());
    }

    private String linesOf(DebugFile debug) throws IOException {
        RealTool.require("objdump");
        String lines = RealTool.run(
                folder,
                "objdump",
                "--dwarf=decodedline",
                store.path(debug.blob()).toString());
        // The first line names the file, whose name is its digest.
        return lines.substring(lines.indexOf("Contents of"));
    }

    private static DebugFile debug(CompiledWorkspace workspace, String name) {
        List<DebugFile> debug = tree(workspace, name).debug();
        assertThat(debug).hasSize(1);
        return debug.get(0);
    }

    private static InstallTree tree(CompiledWorkspace workspace, String name) {
        return Optional.ofNullable(workspace.trees().get(name)).orElseThrow();
    }

    private static Path blob(InstallTree tree, String path) {
        Digest digest = tree.files().stream()
                .filter(file -> file.path().text().equals(path))
                .map(InstalledFile.Regular.class::cast)
                .map(InstalledFile.Regular::blob)
                .findFirst()
                .orElseThrow();
        return store.path(digest);
    }

    private static CompiledWorkspace compile(SourcePackage... sources) throws IOException, InterruptedException {
        List<ColconPackage> packages = new ArrayList<>();
        for (SourcePackage source : sources) {
            packages.add(source.build());
        }
        return new WorkspaceCompile(store, () -> sandbox, root, FLAGS, shared.resolve("log"))
                .compile(packages, Progress.SILENT);
    }
}
