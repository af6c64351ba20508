package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes what the real colcon has installed. */
class PrebuiltEngineTest {
    private static final Set<String> ALL = Set.of("counter", "talker", "walker");

    @TempDir
    private static Path shared;

    private static Path made;

    @TempDir
    private Path folder;

    private Path install;

    @BeforeAll
    static void compileOnce() throws IOException {
        made = MachineColcon.in(shared.resolve("robot"), MachineColcon.packages())
                .build()
                .install();
    }

    @BeforeEach
    void copy() throws IOException {
        install = folder.resolve("install");
        RealTool.run(folder, "cp", "-a", made.toString(), install.toString());
    }

    private PrebuiltEngine engine(Path tree) throws IOException {
        return PrebuiltEngine.of(BlobStore.open(folder.resolve("store")), tree, "install", ALL);
    }

    private CompiledWorkspace take(Path tree) throws IOException, InterruptedException {
        return engine(tree).compile(MachineColcon.packages(), Progress.SILENT);
    }

    private FindingException refused(Path tree) {
        return catchThrowableOfType(FindingException.class, () -> take(tree));
    }

    private static String text(CompiledWorkspace workspace, String name, String path, BlobStore store)
            throws IOException {
        for (InstalledFile file : workspace.trees().get(name).files()) {
            if (file instanceof InstalledFile.Regular regular
                    && file.path().text().equals(path)) {
                return new String(store.bytes(regular.blob()), StandardCharsets.ISO_8859_1);
            }
        }
        throw new AssertionError(path + " is not in " + name);
    }

    @Test
    void everyPackageIsTakenAndStandsWhereRobotsHaveIt() throws Exception {
        CompiledWorkspace taken = take(install);

        BlobStore store = BlobStore.open(folder.resolve("store"));
        assertThat(taken.trees()).containsOnlyKeys("counter", "talker", "walker");
        assertThat(taken.compiled()).isEmpty();
        assertThat(text(taken, "walker", "share/walker/package.sh", store))
                .contains("_COLCON_CURRENT_PREFIX=\"/ros2_ws/install/walker\"");
        for (InstallTree tree : taken.trees().values()) {
            for (List<InstalledFile> files : List.of(tree.files(), tree.setup())) {
                for (InstalledFile file : files) {
                    if (file instanceof InstalledFile.Regular regular && RuntimeTree.isKept(file)) {
                        assertThat(file.path().text()).doesNotEndWith(".pyc");
                        assertThat(new String(store.bytes(regular.blob()), StandardCharsets.ISO_8859_1))
                                .as(file.path().text())
                                .doesNotContainPattern("(?:" + java.util.regex.Pattern.quote(made.toString()) + "|"
                                        + java.util.regex.Pattern.quote(install.toString())
                                        + ")(?!/counter/include/)");
                    }
                }
            }
        }
    }

    @Test
    void aTreeMovedToAnotherPrefixIsWhatColconInstallsThere() throws Exception {
        Path there = folder.resolve("there/install");
        RealTool.run(
                shared.resolve("robot"),
                MachineColcon.ENVIRONMENT,
                "colcon",
                "--log-base",
                folder.resolve("log").toString(),
                "build",
                "--executor",
                "sequential",
                "--build-base",
                folder.resolve("build").toString(),
                "--install-base",
                there.toString());
        Findings findings = new Findings();
        Relocation relocation = new Relocation(List.of(made.toString()), there.toString());
        relocation.setup(install);
        for (String name : ALL) {
            relocation.whole(install.resolve(name), name, findings);
            new Relocation(List.of("/nowhere"), "/no").whole(there.resolve(name), name, findings);
        }

        Map<String, String> moved = MachineColcon.contents(install);
        Map<String, String> expected = MachineColcon.contents(there);
        assertThat(findings.all()).isEmpty();
        assertThat(moved.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(60);
        List<String> others = moved.keySet().stream()
                .filter(name -> !expected.get(name).equals(moved.get(name)))
                .toList();
        // An assertion in a header names where that stood; SOURCES.txt, which no robot gets, names the build folder.
        assertThat(others)
                .containsExactlyInAnyOrder(
                        "talker/lib/python3." + python() + "/site-packages/talker-1.0.0-py3." + python()
                                + ".egg-info/SOURCES.txt",
                        "walker/lib/walker/walker");
        assertThat(MachineColcon.contents(made).get("walker/share/walker/cmake/walkerConfig.cmake"))
                .isNotEqualTo(expected.get("walker/share/walker/cmake/walkerConfig.cmake"));
    }

    private static String python() throws IOException {
        return RealTool.run(shared, "/usr/bin/python3", "-c", "import sys; print(sys.version_info.minor)")
                .strip();
    }

    @Test
    void theSameFilesHaveTheSameIdentityAndOthersHaveNot() throws Exception {
        Digest before = engine(install).identity();
        Path other = folder.resolve("elsewhere");
        RealTool.run(folder, "cp", "-r", made.toString(), other.toString());
        assertThat(engine(other).identity()).isEqualTo(before);

        Files.writeString(install.resolve("walker/share/walker/more"), "x");
        assertThat(engine(install).identity()).isNotEqualTo(before);
    }

    @Test
    void aMergedLayoutIsRefused() throws Exception {
        MachineColcon colcon = MachineColcon.in(folder.resolve("merged"), MachineColcon.packages());
        Path merged =
                colcon.build("--merge-install", "--packages-select", "counter").install();

        assertThat(refused(merged).getMessage()).contains("RB471", "layout merged", "without --merge-install");
    }

    @Test
    void linksIntoBuildFoldersAreRefusedWithAllPackagesThatHaveThem() throws Exception {
        MachineColcon colcon = MachineColcon.in(folder.resolve("linked"), MachineColcon.packages());
        Path linked = colcon.build("--symlink-install").install();

        FindingException e = refused(linked);
        assertThat(e.findings()).hasSize(3).allMatch(finding -> finding.id().equals("RB473"));
        assertThat(e.getMessage()).contains("install/talker leads out of itself", "without --symlink-install");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertThat(refused(folder.resolve("nothing")).getMessage()).contains("RB470", "installDirectory");

        RealTool.run(folder, "rm", "-r", install.resolve("talker").toString());
        Files.delete(install.resolve("walker/share/colcon-core/packages/walker"));
        assertThat(refused(install).getMessage())
                .contains("RB472", "lacks packages of the workspace: talker, walker")
                .contains("--packages-select talker walker");
    }

    @Test
    void filesThatNameTheFolderOfTheMachineAreNamedEach() throws Exception {
        Files.writeString(install.resolve("talker/share/talker/paths.yaml"), "map: " + made + "/talker/share/map\n");
        // A large file, in which the path lies between two of the pieces that are read.
        byte[] large = new byte[(3 << 20) + 5];
        byte[] path = (made + "/walker/lib").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(path, 0, large, (1 << 20) - 9, path.length);
        Files.write(install.resolve("walker/lib/walker/data"), large);
        // Another folder whose name begins the same way.
        Files.writeString(install.resolve("counter/share/counter/other"), made + "_old/x");

        FindingException e = refused(install);
        assertThat(e.findings()).hasSize(2).allMatch(finding -> finding.id().equals("RB475"));
        assertThat(e.getMessage())
                .contains("installs share/talker/paths.yaml, which names " + made + "/talker/share/map")
                .contains("installs lib/walker/data, which names " + made + "/walker/lib");
    }

    @Test
    void aRunPathIntoTheFolderOfTheMachineIsFound() throws Exception {
        MachineColcon colcon = MachineColcon.in(
                folder.resolve("runpath"),
                List.of(SourcePackage.cmake(
                                "counter",
                                "add_library(counter SHARED counter.c)",
                                "set_target_properties(counter PROPERTIES INSTALL_RPATH \"${CMAKE_INSTALL_PREFIX}/lib\")",
                                "install(TARGETS counter DESTINATION lib)")
                        .file("counter.c", "int count;\n")
                        .build()));
        Path tree = colcon.build().install();

        FindingException e = catchThrowableOfType(
                FindingException.class,
                () -> PrebuiltEngine.of(BlobStore.open(folder.resolve("store")), tree, "install", Set.of("counter"))
                        .compile(List.of(), Progress.SILENT));
        assertThat(e.getMessage())
                .contains("RB475", "lib/libcounter.so, which names " + tree + "/counter/lib", "$ORIGIN");
    }

    @Test
    void aTreeThatChangesWhileItIsReadIsRefused() throws Exception {
        PrebuiltEngine engine = engine(install);
        Files.writeString(install.resolve("walker/share/walker/more"), "x");

        FindingException e =
                catchThrowableOfType(FindingException.class, () -> engine.compile(List.of(), Progress.SILENT));
        assertThat(e.getMessage()).contains("RB478");
    }
}
