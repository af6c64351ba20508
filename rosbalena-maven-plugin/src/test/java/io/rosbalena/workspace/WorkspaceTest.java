package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.Golden;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final ConditionContexts HUMBLE = ConditionContexts.of("humble", Map.of());

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> findsAndOrdersPackagesAsColconDoes() throws IOException {
        return Golden.read("discovery.json").items().stream()
                .map(test -> DynamicTest.dynamicTest(text(test, "id"), () -> check(test)));
    }

    private void check(JsonValue test) throws IOException {
        Path base = Files.createDirectory(folder.resolve(text(test, "id")));
        for (var entry : test.get("tree").members().entrySet()) {
            plant(base.resolve(entry.getKey()), entry.getValue());
        }
        Workspace workspace = Workspace.scan(base, Path.of(""), HUMBLE);
        JsonValue list = test.get("colcon_list");
        JsonValue ordered = test.get("colcon_topological");
        if (list.get("rc").number() == 0) {
            assertThat(rows(workspace.packages())).isEqualTo(rows(list));
            assertThat(rows(workspace.buildOrder())).isEqualTo(rows(ordered));
        } else {
            assertThat(workspace.findings()).extracting(Finding::id).contains("RB003");
            assertThat(list.get("stderr").string())
                    .isEqualTo("ERROR:colcon:colcon list: " + message(workspace, "RB003"));
        }
    }

    private static void plant(Path file, JsonValue content) throws IOException {
        if (content.raw() == null) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        String text = content.string();
        if (text.startsWith("-> ")) {
            Files.createSymbolicLink(file, Path.of(text.substring(3)));
        } else {
            Files.writeString(file, text);
        }
    }

    private static List<List<String>> rows(List<RosPackage> packages) {
        return packages.stream()
                .map(one -> List.of(one.name(), one.path(), one.type()))
                .toList();
    }

    private static List<List<String>> rows(JsonValue outcome) throws IOException {
        return outcome.get("rows").items().stream()
                .map(row -> {
                    try {
                        return row.strings();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static String text(JsonValue value, String name) {
        try {
            return value.get(name).string();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String message(Workspace workspace, String id) {
        return workspace.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .map(Finding::message)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesBothPlacesOfADuplicate() throws IOException {
        manifest("src/x/a", "a", "");
        manifest("src/y/a", "a", "");
        assertThat(scan().findings())
                .extracting(Finding::print)
                .containsExactly("src/y/a/package.xml:2: error RB002 Duplicate package names not supported: a is in "
                        + "src/x/a/package.xml and in src/y/a/package.xml\n"
                        + "    rename one, or put an empty file COLCON_IGNORE beside the one that is not wanted");
    }

    @Test
    void showsTheWayOfACircle() throws IOException {
        manifest("src/a", "a", "<build_depend>b</build_depend>");
        manifest("src/b", "b", "<exec_depend>c</exec_depend>");
        manifest("src/c", "c", "<test_depend>a</test_depend>");
        manifest("src/d", "d", "<test_depend>a</test_depend>");
        assertThat(scan().findings()).extracting(Finding::print).containsExactly("""
                        src/a/package.xml:5: error RB003 Unable to order packages topologically:
                        a: ['b', 'c']
                        b: ['c']
                        c: ['a']
                        d: ['a']
                            remove one of these dependencies:
                            a needs b (build_depend, src/a/package.xml:5)
                            b needs c (exec_depend, src/b/package.xml:5)
                            c needs a (test_depend, src/c/package.xml:5)""");
    }

    @Test
    void tellsAMalformedManifestAndGoesOn() throws IOException {
        manifest("src/a", "a", "<exec_depend>x</exec_dependd>");
        manifest("src/b", "b", "<exec_depend condition=\"$A\">x</exec_depend><foo/>");
        manifest("src/c", "c", "<exec_depend condition=\"$A\">x</exec_depend>");
        manifest("src/d", "d", "<exec_depend>x</exec_depend>");
        Workspace workspace = scan();
        assertThat(workspace.packages()).extracting(RosPackage::name).containsExactly("d");
        assertThat(workspace.findings())
                .allMatch(finding -> finding.severity() == Severity.ERROR)
                .extracting(finding -> finding.file().orElse("") + ":" + finding.line() + " " + finding.id())
                .containsExactly("src/a/package.xml:5 RB001", "src/b/package.xml:5 RB001", "src/c/package.xml:5 RB004");
    }

    @Test
    void onlyWarnsOfAPackageXmlThatIsNotForRos() throws IOException {
        Path file = folder.resolve("src/php/package.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<package version=\"2.0\"><name>php</name></package>");
        assertThat(scan().findings()).extracting(Finding::severity).containsOnly(Severity.WARNING);
    }

    @Test
    void saysWhenThereIsNoSourceDirectory() throws IOException {
        assertThat(scan().findings())
                .extracting(Finding::print)
                .containsExactly("src: error RB006 the source directory does not exist\n"
                        + "    create it and put the ROS packages there, or set <sourceDirectory>");
    }

    @Test
    void knowsThePackagesOfAFolder() throws IOException {
        manifest("src/x/a", "a", "");
        manifest("src/x/b", "b", "");
        manifest("src/xy/c", "c", "");
        Workspace workspace = scan();
        assertThat(workspace.namesBelow(folder.resolve("./src/x"))).containsExactly("a", "b");
        assertThat(workspace.namesBelow(folder.resolve("src/xy/c"))).containsExactly("c");
    }

    @Test
    void warnsOfASubmoduleThatWasNotCheckedOut() throws IOException {
        manifest("src/a", "a", "");
        Files.createDirectories(folder.resolve("src/vendor/driver"));
        Files.createDirectories(folder.resolve("docs/theme"));
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(
                folder.resolve(".gitmodules"),
                "[submodule \"driver\"]\n\tpath = src/vendor/driver\n[submodule \"t\"]\n\tpath = docs/theme\n");
        assertThat(scan().findings())
                .extracting(Finding::print)
                .containsExactly(
                        "src/vendor/driver: warning RB022 the git submodule is empty; packages in it are missing\n"
                                + "    run git submodule update --init --recursive");
    }

    private Workspace scan() throws IOException {
        return Workspace.scan(folder, Path.of("src"), HUMBLE);
    }

    private void manifest(String path, String name, String more) throws IOException {
        Manifests.write(folder.resolve(path), name, more);
    }
}
