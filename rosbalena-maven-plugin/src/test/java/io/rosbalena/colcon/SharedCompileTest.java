package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Registries;
import io.rosbalena.robot.SignedTags;
import io.rosbalena.robot.surroundings.CacheSettings;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.robot.surroundings.SharedCache;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.signing.KeyOnDisk;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import io.rosbalena.workspace.ConditionContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages compiled for real on one machine, and taken from Debian's docker-registry by another. */
class SharedCompileTest {
    private static final CompileFlags FLAGS =
            CompileFlags.of("humble", ConditionContexts.of("humble", Map.of()).colcon(), ColconSettings.NONE);

    private static BuildRoot root;
    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    private LocalRegistry registry;
    private SignedTags tags;
    private KeyOnDisk key;
    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void openTheRoot() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
    }

    @BeforeEach
    void startARegistry() throws Exception {
        registry = LocalRegistry.open(folder);
        tags = new SignedTags(registry, "cache");
        key = KeyOnDisk.make(folder, "ci");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Surroundings machine(String name, Optional<Path> signingKey) throws IOException {
        TransferSettings network = TransferSettings.standard();
        BlobStore store = BlobStore.open(folder.resolve(name));
        CacheSettings cache =
                new CacheSettings(Optional.of(registry.host() + "/cache"), List.of(key.line()), signingKey);
        Console console = new Listening();
        return new Surroundings(
                store,
                network,
                new HttpTransfer(network),
                new Registries(network, Logins.NONE),
                SharedCache.at(cache, network, Logins.NONE, store, console),
                Clock.systemUTC(),
                console);
    }

    private CompiledWorkspace compile(Surroundings machine, Entrance entrance, List<SourcePackage> packages)
            throws IOException, InterruptedException {
        List<ColconPackage> built = new ArrayList<>();
        for (SourcePackage one : packages) {
            built.add(one.build());
        }
        return new WorkspaceCompile(
                        machine.store(),
                        machine.results(),
                        entrance,
                        root,
                        FLAGS,
                        machine.store().root().resolve("log"))
                .compile(built, machine.console());
    }

    private static List<SourcePackage> packages() {
        return new ArrayList<>(List.of(
                SourcePackage.cmake(
                                "counter",
                                "add_library(counter SHARED counter.cpp)",
                                "install(TARGETS counter LIBRARY DESTINATION lib)")
                        .file("counter.cpp", "int count(int from) { return from + 1; }\n"),
                SourcePackage.python("talker").depend("counter")));
    }

    private static Sandbox closed() {
        throw new AssertionError("opened the root");
    }

    @Test
    void aSecondMachineOpensNoRootAndHasTheSameFiles() throws Exception {
        Surroundings first = machine("first", Optional.of(key.file()));
        CompiledWorkspace compiled = compile(first, () -> sandbox, packages());
        assertThat(compiled.compiled()).containsExactlyInAnyOrder("counter", "talker");
        assertThat(tags.all()).as("while it may still fail").isEmpty();
        first.cache().giveResults(first.console());
        assertThat(said).contains("signed 2 results and gave them to the cache " + registry.host() + "/cache");
        ColconRun colcon = new ColconRun(first.store(), () -> sandbox, folder, AfterCompile.NOTHING);
        for (String tag : tags.of("compile")) {
            tags.verify(tag, new CompileStage(colcon).version(), key);
        }

        said.clear();
        Surroundings second = machine("a second", Optional.empty());
        CompiledWorkspace taken = compile(second, SharedCompileTest::closed, packages());

        assertThat(taken.compiled()).isEmpty();
        assertThat(taken.trees()).isEqualTo(compiled.trees());
        for (InstallTree tree : taken.trees().values()) {
            tree.blobs()
                    .forEach((blob, size) -> assertThat(second.store().path(blob))
                            .hasSameBinaryContentAs(first.store().path(blob)));
        }
        assertThat(said)
                .containsExactly(
                        "1 result came from the cache " + registry.host() + "/cache",
                        "1 result came from the cache " + registry.host() + "/cache");

        List<SourcePackage> changed = packages();
        changed.get(1).change("talker/node.py", "hello", "good bye");
        assertThat(compile(second, () -> sandbox, changed).compiled()).containsExactly("talker");
    }

    @Test
    void whatDoesNotCompileIsNotGiven() throws Exception {
        Surroundings machine = machine("first", Optional.of(key.file()));
        List<SourcePackage> packages = packages();
        packages.get(1).change("setup.py", "from setuptools", "from setup_tools");
        assertThat(catchThrowableOfType(FindingException.class, () -> compile(machine, () -> sandbox, packages)))
                .isNotNull();
        machine.cache().giveResults(machine.console());

        assertThat(tags.of("compile")).hasSize(1);
        assertThat(compile(
                                machine("a second", Optional.empty()),
                                SharedCompileTest::closed,
                                packages().subList(0, 1))
                        .trees())
                .containsOnlyKeys("counter");
    }

    private final class Listening implements Console {
        @Override
        public void stage(String name) {}

        @Override
        public void message(String text) {
            if (text.contains("cache")) {
                said.add(text);
            }
        }

        @Override
        public void finding(Finding finding) {
            said.add(finding.print());
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {}
    }
}
