package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real, again and again in the same build folder; each result is compared with that of an empty one. */
class KeptBuildsTest {
    private static BuildRoot root;
    private static Sandbox sandbox;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private BlobStore store;
    private int stores;

    @BeforeAll
    static void findTheRoot() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
        compile(BlobStore.open(shared.resolve("store")), packages());
    }

    @BeforeEach
    void copyTheStore() throws IOException {
        RealTool.run(folder, "cp", "-a", shared.resolve("store").toString(), folder.toString());
        store = BlobStore.open(folder.resolve("store"));
    }

    private static List<SourcePackage> packages() {
        return new ArrayList<>(List.of(
                SourcePackage.cmake(
                                "tool",
                                "add_library(tool SHARED src/one.cpp src/two.cpp)",
                                "target_include_directories(tool PUBLIC $<INSTALL_INTERFACE:include>"
                                        + " $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>)",
                                "file(READ words.h WORDS)",
                                "file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/words.txt \"${WORDS}\")",
                                "install(FILES ${CMAKE_CURRENT_BINARY_DIR}/words.txt DESTINATION share)",
                                "install(DIRECTORY include/ DESTINATION include)",
                                "install(TARGETS tool EXPORT toolTargets LIBRARY DESTINATION lib)",
                                "ament_export_targets(toolTargets HAS_LIBRARY_TARGET)")
                        .file("include/tool.hpp", "int one();\nint two();\n")
                        .file("words.h", "// read by CMake\n")
                        .file("src/one.cpp", "#include \"tool.hpp\"\nint one() { return 1; }\n")
                        .file("src/two.cpp", "#include \"tool.hpp\"\nint two() { return 2; }\n"),
                SourcePackage.cmake(
                                "user",
                                "find_package(tool REQUIRED)",
                                "add_executable(user main.cpp)",
                                "target_link_libraries(user tool::tool)",
                                "install(TARGETS user DESTINATION lib/user)")
                        .depend("tool")
                        .file("main.cpp", "#include <tool.hpp>\nint main() { return one() + two() - 3; }\n")));
    }

    @Test
    void aChangedSourceIsCompiledAloneAndGivesWhatAnEmptyFolderGives() throws IOException, InterruptedException {
        for (int round = 1; round < 4; round++) {
            List<SourcePackage> packages = packages();
            packages.get(0).change("src/two.cpp", "return 2", "return 2 + " + round);

            assertThatTheResultIsRight(packages);
            assertThat(log("tool")).contains("two.cpp.o").doesNotContain("one.cpp.o", "The CXX compiler");
        }
    }

    @Test
    void whatWasChangedBackIsCompiledAgain() throws IOException, InterruptedException {
        List<SourcePackage> changed = packages();
        changed.get(0).change("src/two.cpp", "return 2", "return 7");
        Digest before = contents(compile(store, packages())).get("tool");
        compile(store, changed);
        // As if the first result had been removed from the store.
        forgetResults();

        Map<String, Digest> again = contents(compile(store, packages()));

        assertThat(again).containsEntry("tool", before);
        assertThat(log("tool")).contains("two.cpp.o");
    }

    @Test
    void aChangedHeaderReachesDependants() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0)
                .change("include/tool.hpp", "int two();", "int two(int more = 5);")
                .change("src/two.cpp", "int two() {", "int two(int more) { if (more > 9) return more;");

        assertThatTheResultIsRight(packages);
        assertThat(log("user")).contains("main.cpp.o").doesNotContain("The CXX compiler");
    }

    @Test
    void whatCmakeReadsIsNeverTakenForASource() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0).change("words.h", "read", "really read");

        assertThatTheResultIsRight(packages);
        assertThat(log("tool")).contains("The CXX compiler");
    }

    @Test
    void anotherSetOfFilesBeginsAnew() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0).file("src/three.cpp", "int three() { return 3; }\n");

        assertThatTheResultIsRight(packages);
        assertThat(log("tool")).contains("The CXX compiler");
    }

    @Test
    void aFileThatNamesItsTimeBeginsAnew() throws IOException, InterruptedException {
        List<SourcePackage> packages = packages();
        packages.get(0).change("src/two.cpp", "return 2", "return __TIMESTAMP__[0]");

        assertThatTheResultIsRight(packages);
        assertThat(log("tool")).contains("The CXX compiler");
    }

    @Test
    void whatDidNotCompileIsNotUsed() throws IOException, InterruptedException {
        List<SourcePackage> broken = packages();
        broken.get(0).change("src/two.cpp", "return 2", "return to");
        assertThatExceptionOfType(FindingException.class).isThrownBy(() -> compile(store, broken));

        List<SourcePackage> mended = packages();
        mended.get(0).change("src/two.cpp", "return 2", "return 22");

        assertThatTheResultIsRight(mended);
    }

    @Test
    void afterAPowerCutNothingIsTrusted() throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(store.root().resolve("builds"), 2)) {
            for (Path inputs : files.filter(file -> file.endsWith("inputs")).toList()) {
                List<String> lines = Files.readAllLines(inputs);
                lines.set(0, "00000000-0000-0000-0000-000000000000");
                Files.write(inputs, lines);
            }
        }
        List<SourcePackage> packages = packages();
        packages.get(0).change("src/two.cpp", "return 2", "return 3");

        assertThatTheResultIsRight(packages);
        assertThat(log("tool")).contains("The CXX compiler");
    }

    private void assertThatTheResultIsRight(List<SourcePackage> packages) throws IOException, InterruptedException {
        CompiledWorkspace incremental = compile(store, packages);
        String log = log("tool");
        BlobStore empty = BlobStore.open(folder.resolve("empty " + stores++).resolve("store"));
        assertThat(contents(incremental)).isEqualTo(contents(compile(empty, packages)));
        assertThat(log("tool")).isEqualTo(log);
    }

    private void forgetResults() throws IOException {
        try (Stream<Path> files = Files.walk(store.root().resolve("results"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve("logs/" + name + ".log"));
    }

    private static CompiledWorkspace compile(BlobStore store, List<SourcePackage> packages)
            throws IOException, InterruptedException {
        List<ColconPackage> built = new ArrayList<>();
        for (SourcePackage one : packages) {
            built.add(one.build());
        }
        return new WorkspaceCompile(
                        store,
                        () -> sandbox,
                        root,
                        new CompileFlags("humble", new TreeMap<>(), ColconSettings.NONE, 2),
                        store.root().resolveSibling("logs"))
                .compile(built, Progress.SILENT);
    }

    private static Map<String, Digest> contents(CompiledWorkspace workspace) {
        Map<String, Digest> contents = new TreeMap<>();
        workspace.trees().forEach((name, tree) -> contents.put(name, tree.contentDigest()));
        return contents;
    }
}
