package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real, with ccache of this machine put into a build root. */
class CompilerCacheTest {
    private static final CompileFlags FLAGS = new CompileFlags("humble", new TreeMap<>(), ColconSettings.NONE, 2);
    private static final Digest ROBOT = Digest.of("robot");

    @TempDir
    static Path shared;

    private static BuildRoot root;
    private static Sandbox sandbox;

    @TempDir
    Path folder;

    private BlobStore store;

    @BeforeAll
    static void makeARoot() throws IOException, InterruptedException {
        RealTool.require("ccache", "cp", "ldd");
        BuildRoot plain = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
        Assumptions.assumeTrue(sandbox.showsFolders(), "skipped: folders of roots are copied here");
        Path directory = shared.resolve("root");
        RealTool.run(shared, "cp", "-al", plain.directory().toString(), directory.toString());
        Files.copy(Path.of("/usr/bin/ccache"), directory.resolve("usr/bin/ccache"));
        Pattern library = Pattern.compile("=> (/\\S+)");
        for (String line :
                RealTool.run(shared, "ldd", "/usr/bin/ccache").lines().toList()) {
            for (MatchResult found : library.matcher(line).results().toList()) {
                Path there = directory.resolve(found.group(1).substring(1));
                if (!Files.exists(there)) {
                    Files.copy(Path.of(found.group(1)), there, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.createDirectory(directory.resolve(CompilerCache.PLACE.substring(1)));
        root = new BuildRoot(directory, Digest.of("root with ccache"));
    }

    /** Its files are links to those of another root, which nobody else should try to remove. */
    @AfterAll
    static void removeTheRoot() throws IOException {
        DirectoryRemoval.remove(shared.resolve("root"));
    }

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    private static SourcePackage counter() {
        return SourcePackage.cmake(
                        "counter",
                        "add_library(counter SHARED src/counter.cpp src/limit.c)",
                        "target_include_directories(counter PRIVATE include)",
                        "install(DIRECTORY include/ DESTINATION include)",
                        "install(TARGETS counter LIBRARY DESTINATION lib)")
                .file("include/counter/counter.hpp", "// Counts.\nint count(int from);\n")
                .file(
                        "src/counter.cpp",
                        "#include \"counter/counter.hpp\"\n#include <cassert>\n"
                                + "int count(int from) { assert(from < 7); return from + 1; }\n")
                .file("src/limit.c", "int limit = 7;\n");
    }

    private CompiledWorkspace compile(BlobStore where, SourcePackage source, boolean cached)
            throws IOException, InterruptedException {
        WorkspaceCompile compile = new WorkspaceCompile(where, () -> sandbox, root, FLAGS, folder.resolve("log"));
        return (cached ? compile.with(new CompilerCache(where, ROBOT)) : compile)
                .compile(List.of(source.build()), Progress.SILENT);
    }

    private void forget() throws IOException {
        DirectoryRemoval.remove(store.root().resolve("results"));
        DirectoryRemoval.remove(store.root().resolve("builds"));
    }

    private Path cache() throws IOException {
        try (Stream<Path> folders = Files.list(store.root().resolve("ccache"))) {
            List<Path> all = folders.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** As ccache itself counts them. */
    private Map<String, Integer> statistics() throws IOException {
        Map<String, Integer> counted = new TreeMap<>();
        String said = RealTool.run(
                folder,
                Map.of("CCACHE_DIR", cache().toString(), "CCACHE_CONFIGPATH", "/dev/null"),
                "ccache",
                "--print-stats");
        for (String line : said.lines().toList()) {
            String[] words = line.split("\t", -1);
            if (Set.of("cache_miss", "direct_cache_hit", "preprocessed_cache_hit")
                    .contains(words[0])) {
                counted.put(words[0], Integer.parseInt(words[1]));
            }
        }
        return counted;
    }

    @Test
    void compilersRunOnceForTheSameAndTheBytesAreThoseOfACompileWithout() throws Exception {
        CompiledWorkspace without = compile(BlobStore.open(folder.resolve("other")), counter(), false);
        CompiledWorkspace first = compile(store, counter(), true);
        assertThat(first.trees()).isEqualTo(without.trees());
        Map<String, Integer> before = statistics();
        assertThat(before.get("cache_miss")).isGreaterThanOrEqualTo(2);

        forget();
        CompiledWorkspace second = compile(store, counter(), true);

        assertThat(second.compiled()).containsExactly("counter");
        assertThat(second.trees()).isEqualTo(without.trees());
        Map<String, Integer> after = statistics();
        assertThat(after.get("cache_miss")).isEqualTo(before.get("cache_miss"));
        assertThat(after.get("direct_cache_hit")).isGreaterThanOrEqualTo(before.get("direct_cache_hit") + 2);
    }

    @Test
    void aCommentOfAHeaderMakesTheCompilerRunForNothingAgain() throws Exception {
        compile(store, counter(), true);
        Map<String, Integer> before = statistics();
        SourcePackage changed = counter().change("include/counter/counter.hpp", "Counts", "Adds up");

        // In the build folder of before only what make finds to be old is compiled.
        CompiledWorkspace kept = compile(store, changed, true);
        Map<String, Integer> then = statistics();
        forget();
        CompiledWorkspace anew = compile(store, changed, true);
        CompiledWorkspace without = compile(BlobStore.open(folder.resolve("other")), changed, false);

        assertThat(then.get("preprocessed_cache_hit")).isEqualTo(before.get("preprocessed_cache_hit") + 1);
        assertThat(statistics().get("cache_miss")).isEqualTo(before.get("cache_miss"));
        assertThat(kept.trees()).isEqualTo(without.trees());
        assertThat(anew.trees()).isEqualTo(without.trees());
    }

    @Test
    void whatIsCompiledASecondTimeToCompareComesFromTheCompiler() throws Exception {
        CompiledWorkspace compiled = compile(store, counter(), true);
        Map<String, Integer> before = statistics();

        new SecondCompile(store, () -> sandbox, root, FLAGS, folder.resolve("log"))
                .check(List.of(counter().build()), compiled.trees(), Set.of("counter"), Progress.SILENT);

        assertThat(statistics()).isEqualTo(before);
    }

    @Test
    void noOtherRobotAndNoOtherRootSeesTheFolder() throws Exception {
        SandboxCommand command =
                new SandboxCommand(root.directory(), List.of(), "/", Map.of("PATH", "/x"), List.of("true"));
        BuildRoot otherRoot = new BuildRoot(root.directory(), Digest.of("another root"));

        SandboxCommand own = new CompilerCache(store, ROBOT).addTo(command, root, sandbox);
        SandboxCommand again = new CompilerCache(store, ROBOT).addTo(command, root, sandbox);
        SandboxCommand robot = new CompilerCache(store, Digest.of("another")).addTo(command, root, sandbox);
        SandboxCommand otherwise = new CompilerCache(store, ROBOT).addTo(command, otherRoot, sandbox);

        assertThat(own.binds()).singleElement().satisfies(bind -> {
            assertThat(bind.target()).isEqualTo(CompilerCache.PLACE);
            assertThat(bind.writable()).isTrue();
        });
        assertThat(own.environment()).containsEntry("PATH", "/x").containsEntry("CCACHE_DIR", CompilerCache.PLACE);
        assertThat(again).isEqualTo(own);
        assertThat(Stream.of(own, robot, otherwise).flatMap(one -> one.binds().stream()))
                .extracting(SandboxCommand.Bind::source)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void useMakesTheFolderYoung() throws Exception {
        SandboxCommand command = new SandboxCommand(root.directory(), List.of(), "/", Map.of(), List.of("true"));
        CompilerCache cache = new CompilerCache(store, ROBOT);
        Path place = cache.addTo(command, root, sandbox).binds().get(0).source();
        Files.setLastModifiedTime(place, FileTime.fromMillis(1000));

        cache.addTo(command, root, sandbox);

        assertThat(Files.getLastModifiedTime(place)).isGreaterThan(FileTime.fromMillis(1000));
    }

    @Test
    void aRootWithoutAPlaceGoesWithout() throws Exception {
        CompilerCache cache = new CompilerCache(store, ROBOT);
        Path bare = Files.createDirectories(folder.resolve("bare/ros2_ws")).getParent();
        SandboxCommand command = new SandboxCommand(bare, List.of(), "/", Map.of(), List.of("true"));

        assertThat(cache.addTo(command, new BuildRoot(bare, Digest.of("bare")), sandbox))
                .isSameAs(command);
        Files.createSymbolicLink(bare.resolve("ros2_ws/.ccache"), folder);
        assertThat(cache.addTo(command, new BuildRoot(bare, Digest.of("bare")), sandbox))
                .isSameAs(command);
        assertThat(store.root().resolve("ccache")).doesNotExist();
    }
}
