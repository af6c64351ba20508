package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for real with colcon, CMake and g++ of this machine. */
class HostEngineTest {
    @TempDir
    private Path folder;

    private final AtomicInteger warned = new AtomicInteger();
    private final Map<String, String> environment = new TreeMap<>(MachineColcon.ENVIRONMENT);

    @BeforeEach
    void requireTools() {
        MachineColcon.require();
    }

    private HostEngine engine(BlobStore store) throws IOException, InterruptedException {
        return HostEngine.of(
                store,
                environment,
                CompileFlags.of("humble", Map.of(), ColconSettings.NONE),
                folder.resolve("log"),
                warned::incrementAndGet);
    }

    private CompiledWorkspace compile(BlobStore store, List<ColconPackage> packages)
            throws IOException, InterruptedException {
        return engine(store).compile(packages, Progress.SILENT);
    }

    private BlobStore store(String name) throws IOException {
        return BlobStore.open(folder.resolve(name));
    }

    @Test
    void twoStoresGiveTheSameFilesWithNoWordOfWhereTheyWereMade() throws Exception {
        CompiledWorkspace one = compile(store("one"), MachineColcon.packages());
        CompiledWorkspace other = compile(store("another-store"), MachineColcon.packages());

        assertThat(one.compiled()).containsExactlyInAnyOrder("counter", "talker", "walker");
        assertThat(one.trees().keySet()).isEqualTo(other.trees().keySet());
        for (InstallTree tree : one.trees().values()) {
            // The linker is told where the library of another package is, and hashes that into the build identifier.
            assertThat(RuntimeTree.of(other.trees().get(tree.packageName())).files())
                    .filteredOn(file -> !file.path().text().equals("lib/walker/walker"))
                    .isEqualTo(RuntimeTree.of(tree).files().stream()
                            .filter(file -> !file.path().text().equals("lib/walker/walker"))
                            .toList());
            for (InstalledFile file : tree.files()) {
                if (file instanceof InstalledFile.Regular regular && RuntimeTree.isKept(file)) {
                    assertThat(new String(store("one").bytes(regular.blob()), StandardCharsets.ISO_8859_1))
                            .as(file.path().text())
                            .doesNotContain(folder.toString());
                }
            }
        }
        assertThat(one.trees().get("walker").setup())
                .isEqualTo(other.trees().get("walker").setup());
    }

    @Test
    void onlyWhatChangedIsCompiledAgainAndTheUserIsWarnedWhereAnythingIs() throws Exception {
        BlobStore store = store("store");
        List<ColconPackage> packages = new ArrayList<>(MachineColcon.packages());
        CompiledWorkspace first = compile(store, packages);
        assertThat(warned).hasValue(1);
        assertThat(compile(store, packages).compiled()).isEmpty();
        assertThat(warned).hasValue(1);

        // What else it changed would go with the symbols.
        environment.put("CXXFLAGS", "-fstack-protector-all");
        CompiledWorkspace again = compile(store, packages);
        assertThat(again.compiled()).hasSize(3);
        assertThat(again.trees().get("walker").contentDigest())
                .isNotEqualTo(first.trees().get("walker").contentDigest());

        environment.put("SOME_TOKEN", "changes nothing");
        assertThat(compile(store, packages).compiled()).isEmpty();
    }

    @Test
    void errorsStandInTheUsersFiles() throws Exception {
        List<ColconPackage> packages = List.of(SourcePackage.cmake("broken", "add_library(broken SHARED a.cpp)")
                .file("a.cpp", "int x = 1;\nint y = z;\n")
                .build());
        FindingException e = catchThrowableOfType(FindingException.class, () -> compile(store("store"), packages));

        assertThat(e.getMessage()).contains("src/group/broken/a.cpp:2", "RB404", "was not declared");
        assertThat(Files.readString(folder.resolve("log/broken.log")))
                .doesNotContain(folder.resolve("store").toString());
    }

    @Test
    void whatAPackageReadsWithoutDeclaringItIsFoundHereToo() throws Exception {
        ColconPackage counter = MachineColcon.packages().get(0);
        ColconPackage thief = SourcePackage.cmake(
                        "thief",
                        "add_library(thief SHARED thief.cpp)",
                        "target_include_directories(thief PRIVATE ../counter/include)")
                .file("thief.cpp", "#include \"counter/counter.hpp\"\n")
                .build();
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> compile(store("store"), List.of(counter, thief)));

        assertThat(e.getMessage()).contains("RB412", "of the package counter, which it does not declare");
    }

    @Test
    void aStoreWithABlankInItsNameIsRefusedBeforeColconFails() {
        FindingException e = catchThrowableOfType(FindingException.class, () -> engine(store("a store")));

        assertThat(e.getMessage()).contains("RB479", "a store", "-Drosbalena.store");
    }

    @Test
    void aMachineWithoutColconSaysSo() {
        environment.put("PATH", folder.toString());
        FindingException e = catchThrowableOfType(FindingException.class, () -> engine(store("store")));

        assertThat(e.getMessage()).contains("RB477", "no colcon", "engine root");
    }
}
