package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.workspace.source.FileDigests;
import io.rosbalena.workspace.source.SourceReader;
import io.rosbalena.workspace.source.SourceRules;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real while something else happens: another compile, an edit, an interruption. */
class DisturbedCompileTest {
    private static final ConditionContexts CONTEXTS = ConditionContexts.of("humble", Map.of());
    private static final CompileFlags FLAGS = CompileFlags.of("humble", CONTEXTS.colcon(), ColconSettings.NONE);

    private static BuildRoot root;
    private static Sandbox sandbox;

    /** What each package gives with a word where nothing disturbs. */
    private static final Map<String, Digest> ALONE = new TreeMap<>();

    @TempDir
    static Path shared;

    @TempDir
    private Path folder;

    private BlobStore store;
    private Path project;

    /** What a test does when a command is about to run in the root. */
    @FunctionalInterface
    private interface Event {
        void happen(SandboxCommand command) throws IOException, InterruptedException;
    }

    /** The same sandbox where something happens before each call of colcon. */
    private record Disturbed(Sandbox sandbox, Event event) implements Sandbox {
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
            if (command.arguments().contains("colcon")) {
                event.happen(command);
            }
            return sandbox.run(command, output);
        }
    }

    @BeforeAll
    static void enter() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
        for (String word : List.of("first", "second")) {
            Path project = workspace(shared.resolve(word), word);
            CompiledWorkspace compiled = new WorkspaceCompile(
                            BlobStore.open(shared.resolve("store " + word)),
                            () -> sandbox,
                            root,
                            FLAGS,
                            shared.resolve("log"))
                    .compile(read(project), Progress.SILENT);
            contents(compiled).forEach((name, content) -> ALONE.put(name + " " + word, content));
        }
    }

    private static Map<String, Digest> alone(String ofTalker, String ofWalker) {
        return new TreeMap<>(Map.of(
                "talker", ALONE.get("talker " + ofTalker),
                "walker", ALONE.get("walker " + ofWalker)));
    }

    private static Path workspace(Path project, String word) throws IOException {
        write(project, "talker", word);
        write(project, "walker", word);
        return project;
    }

    @BeforeEach
    void writeAWorkspace() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
        project = workspace(folder.resolve("project"), "first");
    }

    /** A package that installs what its sources say, compiled and as text. */
    private static void write(Path project, String name, String word) throws IOException {
        Path one = Files.createDirectories(project.resolve("src").resolve(name));
        Files.writeString(one.resolve("package.xml"), """
                <package format="3"><name>%s</name><version>1.0.0</version><description>test</description>
                <maintainer email="test@example.org">test</maintainer><license>Apache-2.0</license>
                <buildtool_depend>ament_cmake</buildtool_depend>
                <export><build_type>ament_cmake</build_type></export></package>
                """.formatted(name));
        Files.writeString(one.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(%1$s C)
                find_package(ament_cmake REQUIRED)
                add_executable(%1$s main.c)
                install(TARGETS %1$s DESTINATION lib/%1$s)
                install(FILES words.txt DESTINATION share/%1$s)
                ament_package()
                """.formatted(name));
        say(project, name, word);
    }

    private static void say(Path project, String name, String word) throws IOException {
        Path one = project.resolve("src").resolve(name);
        Files.writeString(
                one.resolve("main.c"), "#include <stdio.h>\nint main(void) { return puts(\"" + word + "\"); }\n");
        Files.writeString(one.resolve("words.txt"), word + "\n");
    }

    /** The workspace as a build reads it. */
    private static List<ColconPackage> read(Path project) throws IOException {
        Workspace workspace = Workspace.scan(project, Path.of("src"), CONTEXTS);
        SourceReader reader = new SourceReader(workspace, SourceRules.of(project), FileDigests.READING);
        Findings findings = new Findings();
        List<ColconPackage> packages = new ArrayList<>();
        for (RosPackage one : workspace.packages()) {
            SourceTree sources = reader.read(one, findings);
            packages.add(CompileClosure.of(workspace, one, sources));
        }
        assertThat(findings.all()).isEmpty();
        assertThat(packages).hasSize(2);
        return packages;
    }

    private CompiledWorkspace compile(BlobStore into, List<ColconPackage> packages, Sandbox way, Progress progress)
            throws IOException, InterruptedException {
        return new WorkspaceCompile(into, () -> way, root, FLAGS, folder.resolve("log")).compile(packages, progress);
    }

    private CompiledWorkspace compile(List<ColconPackage> packages, Event event)
            throws IOException, InterruptedException {
        return compile(store, packages, new Disturbed(sandbox, event), Progress.SILENT);
    }

    private static Map<String, Digest> contents(CompiledWorkspace workspace) {
        Map<String, Digest> contents = new TreeMap<>();
        workspace.trees().forEach((name, tree) -> contents.put(name, tree.contentDigest()));
        return contents;
    }

    private List<Path> results() throws IOException {
        Path results = folder.resolve("store/results");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void assertScratchIsGone() {
        assertThat(store.temporary()).isEmptyDirectory();
    }

    /** Waits for the other compile, so that neither finds what the other makes. */
    private static Event meeting(CyclicBarrier barrier) {
        return command -> {
            try {
                barrier.await(5, TimeUnit.MINUTES);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("the other compile did not begin", e);
            }
        };
    }

    private List<CompiledWorkspace> atOnce(List<ColconPackage> one, List<ColconPackage> other) throws Exception {
        Event meeting = meeting(new CyclicBarrier(2));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<CompiledWorkspace> first = () -> compile(one, meeting);
            Callable<CompiledWorkspace> second = () -> compile(other, meeting);
            List<Future<CompiledWorkspace>> both = threads.invokeAll(List.of(first, second));
            return List.of(both.get(0).get(), both.get(1).get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two clones with one store; both want the build folders that an earlier compile left. */
    @Test
    void twoCompilesOfOtherSourcesAtOnceGiveWhatEachWouldGiveAlone() throws Exception {
        Path clone = workspace(folder.resolve("clone"), "earlier");
        compile(read(clone), command -> {});
        workspace(clone, "second");

        List<CompiledWorkspace> both = atOnce(read(project), read(clone));

        assertThat(contents(both.get(0))).isEqualTo(alone("first", "first"));
        assertThat(contents(both.get(1))).isEqualTo(alone("second", "second"));
        assertScratchIsGone();
        Event never = command -> {
            throw new AssertionError("compiled again");
        };
        assertThat(contents(compile(read(project), never))).isEqualTo(alone("first", "first"));
        assertThat(contents(compile(read(clone), never))).isEqualTo(alone("second", "second"));
    }

    @Test
    void twoCompilesOfOneWorkspaceAtOnceGiveTheSame() throws Exception {
        List<CompiledWorkspace> both = atOnce(read(project), read(project));

        assertThat(both.get(0)).isEqualTo(both.get(1));
        assertThat(both.get(0).compiled()).containsExactlyInAnyOrder("talker", "walker");
        assertThat(contents(both.get(0))).isEqualTo(alone("first", "first"));
        assertScratchIsGone();
    }

    @Test
    void anEditBetweenReadingAndCompilingEndsTheBuildAndLeavesNoResult() throws IOException, InterruptedException {
        List<ColconPackage> packages = read(project);
        say(project, "walker", "second");

        FindingException failure = catchThrowableOfType(FindingException.class, () -> compile(packages, command -> {}));

        assertThat(failure.getMessage())
                .contains("src/walker/main.c: error RB402", "was changed after the build had read it");
        assertThat(results()).isEmpty();
        assertScratchIsGone();
        assertThat(contents(compile(read(project), command -> {}))).isEqualTo(alone("first", "second"));
    }

    @Test
    void aFileThatIsRemovedBetweenReadingAndCompilingEndsTheBuild() throws IOException {
        List<ColconPackage> packages = read(project);
        Files.delete(project.resolve("src/talker/words.txt"));

        FindingException failure = catchThrowableOfType(FindingException.class, () -> compile(packages, command -> {}));

        assertThat(failure.getMessage()).contains("src/talker/words.txt: error RB402", "was removed after");
        assertThat(results()).isEmpty();
        assertScratchIsGone();
    }

    @Test
    void anEditWhileColconRunsIsNoPartOfTheResult() throws IOException, InterruptedException {
        CompiledWorkspace compiled = compile(read(project), command -> workspace(project, "second"));

        assertThat(contents(compiled)).isEqualTo(alone("first", "first"));
        assertThat(contents(compile(read(project), command -> {}))).isEqualTo(alone("second", "second"));
    }

    @Test
    void anInterruptedCompileLeavesNothingThatTheNextOneTakes() throws IOException, InterruptedException {
        compile(read(project), command -> {});
        List<Path> before = results();
        workspace(project, "second");
        Thread compiling = Thread.currentThread();
        // colcon says that it begins with a package, which has a build folder of the compile before.
        Progress interrupting = new Progress() {
            @Override
            public void message(String text) {
                compiling.interrupt();
            }

            @Override
            public void expect(long bytes) {}

            @Override
            public void transferred(long bytes) {}
        };

        InterruptedException ended = catchThrowableOfType(
                InterruptedException.class, () -> compile(store, read(project), sandbox, interrupting));

        assertThat(ended).isNotNull();
        assertThat(results()).isEqualTo(before);
        assertScratchIsGone();
        CompiledWorkspace again = compile(read(project), command -> {});
        assertThat(again.compiled()).containsExactlyInAnyOrder("talker", "walker");
        assertThat(contents(again)).isEqualTo(alone("second", "second"));
    }
}
