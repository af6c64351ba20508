package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.workspace.ConditionContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real, twice: packages that take something of the machine or of the moment, and those that do not. */
class SecondCompileTest {
    private static final CompileFlags FLAGS =
            CompileFlags.of("humble", ConditionContexts.of("humble", Map.of()).colcon(), ColconSettings.NONE);

    @TempDir
    static Path folder;

    private static BuildRoot root;
    private static Sandbox sandbox;
    private static BlobStore store;
    private static List<ColconPackage> packages;
    private static CompiledWorkspace first;
    private static Map<String, Finding> findings;
    private static Map<String, Digest> before;

    @BeforeAll
    static void compileTwice() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
        store = BlobStore.open(folder.resolve("store"));
        packages = new ArrayList<>();
        for (SourcePackage one : workspace()) {
            packages.add(one.build());
        }
        first = new WorkspaceCompile(store, () -> sandbox, root, FLAGS.withJobs(2), folder.resolve("log"))
                .compile(packages, Progress.SILENT);
        before = contents();
        findings = check(first.trees().keySet());
    }

    /** Sets a variable of CMake to what a command of the shell prints. */
    private static String said(String command) {
        return "execute_process(COMMAND sh -c \"" + command
                + "\" WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE SAID OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)";
    }

    /** Writes down what it finds out about the machine, each in a file. */
    private static SourcePackage curious() {
        Map<String, String> questions = new TreeMap<>(Map.of(
                "time", "date --rfc-3339=ns",
                "processors", "nproc",
                "kernel", "uname -r",
                "folder", "ls -U files | tr '\\n' ' '"));
        List<String> lines = new ArrayList<>();
        questions.forEach((name, command) -> {
            lines.add(said(command));
            lines.add("file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/" + name + " \"always\\nbuilt: ${SAID}\\n\")");
            lines.add("install(FILES ${CMAKE_CURRENT_BINARY_DIR}/" + name + " DESTINATION share)");
        });
        SourcePackage made = SourcePackage.cmake("curious", lines.toArray(String[]::new));
        for (String name : List.of("one", "two", "three", "four", "five", "six", "seven", "eight")) {
            made.file("files/" + name, name);
        }
        return made;
    }

    private static List<SourcePackage> workspace() {
        return List.of(
                SourcePackage.cmake(
                                "seeded",
                                said("cat /proc/sys/kernel/random/uuid"),
                                "add_library(seeded SHARED seeded.c)",
                                "target_compile_definitions(seeded PRIVATE SEED=\"${SAID}\")",
                                "install(TARGETS seeded EXPORT seededTargets LIBRARY DESTINATION lib)",
                                "ament_export_targets(seededTargets HAS_LIBRARY_TARGET)")
                        .file("seeded.c", "const char *seed(void) { return \"seed \" SEED; }\n"),
                SourcePackage.cmake(
                                "innocent",
                                "find_package(seeded REQUIRED)",
                                "add_executable(innocent main.c)",
                                "target_link_libraries(innocent seeded::seeded)",
                                "install(TARGETS innocent DESTINATION lib/innocent)")
                        .depend("seeded")
                        .file(
                                "main.c",
                                "#include <stdio.h>\nconst char *seed(void);\n"
                                        + "int main() { return puts(seed()) + puts(__DATE__ __TIME__ __FILE__); }\n"),
                SourcePackage.python("plain"),
                curious(),
                SourcePackage.cmake("fickle", said("test $(uname -r | cut -c1-2) != 2. && echo recent")));
    }

    private static Map<String, Finding> check(Set<String> wanted) throws IOException, InterruptedException {
        FindingException failure = null;
        try {
            new SecondCompile(store, () -> sandbox, root, FLAGS.withJobs(2), folder.resolve("again"))
                    .check(packages, first.trees(), wanted, Progress.SILENT);
        } catch (FindingException e) {
            failure = e;
        }
        Map<String, Finding> found = new TreeMap<>();
        if (failure != null) {
            failure.findings()
                    .forEach(finding -> found.put(finding.packageName().orElseThrow(), finding));
        }
        return found;
    }

    private static Map<String, Digest> contents() throws IOException {
        Map<String, Digest> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Digest.of(file));
            }
        }
        return contents;
    }

    private static String told(String name) {
        Finding finding = findings.get(name);
        assertThat(finding).as(name).isNotNull();
        return finding.print();
    }

    @Test
    void whatTakesNothingOfTheMachineIsNotBlamed() {
        assertThat(findings).doesNotContainKeys("innocent", "plain");
    }

    @Test
    void theStoreIsAsItWasBefore() throws IOException {
        assertThat(contents()).isEqualTo(before);
        assertThat(folder.resolve("store/tmp")).isEmptyDirectory();
    }

    @Test
    void aLibraryIsToldWithTheSectionThatDiffers() {
        assertThat(told("seeded"))
                .startsWith("src/group/seeded/package.xml: error RB415 seeded comes out otherwise")
                .contains("one file differs")
                .containsPattern(
                        "lib/libseeded.so: section .rodata; .rodata at byte \\d+ has \"seed [-0-9a-f]+\" the first"
                                + " time, \"seed [-0-9a-f]+\" the second \\(a random number\\)")
                .contains("a fixed seed");
    }

    @Test
    void aTextIsToldWithItsLineAndTheCause() {
        assertThat(told("curious"))
                .containsPattern("share/time: line 2 is \"built: 2[-0-9]+ [0-9:.]+\\+00:00\" the first time, \"built: ")
                .contains("(a time)")
                .containsPattern(
                        "share/kernel: line 2 is \"[^\"]*\" the first time, \"built: 2\\.6\\.[^\"]*\" the second"
                                + " \\(the kernel's version\\)")
                .contains("do not write down uname");
    }

    @Test
    void theNumberOfProcessorsShows() {
        Assumptions.assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1, "skipped: this machine has one processor");
        assertThat(told("curious"))
                .containsPattern("share/processors: line 2 is \"built: \\d+\" the first time, \"built: 1\" the second");
    }

    @Test
    void theOrderOfAFolderShowsWhereThereIsADiskInMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
                "skipped: there is no disk in memory");
        assertThat(told("curious")).containsPattern("share/folder: line 2 .*\\(the same in another order\\)");
    }

    @Test
    void whatDoesNotCompileAgainIsToldWithWhatWasSaid() {
        assertThat(told("fickle"))
                .contains("src/group/fickle/package.xml: error RB416 fickle compiles, but not a second time")
                .contains("CMakeLists.txt:4");
    }

    @Test
    void onlyThePackagesThatAreAskedForAreCompiled() throws IOException, InterruptedException {
        List<String> compiled = new ArrayList<>();
        Sandbox counting = new Sandbox() {
            @Override
            public String name() {
                return sandbox.name();
            }

            @Override
            public boolean isolatesNetwork() {
                return sandbox.isolatesNetwork();
            }

            @Override
            public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
                compiled.addAll(command.arguments());
                return sandbox.run(command, output);
            }
        };
        new SecondCompile(store, () -> counting, root, FLAGS.withJobs(1), folder.resolve("again"))
                .check(packages, first.trees(), Set.of("plain"), Progress.SILENT);

        assertThat(compiled).contains("plain", "--parallel-workers").doesNotContain("seeded");
    }
}
