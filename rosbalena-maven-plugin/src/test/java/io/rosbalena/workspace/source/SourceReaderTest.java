package io.rosbalena.workspace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Entry;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.Manifests;
import io.rosbalena.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    private Path folder;

    private Path project;
    private Path one;
    private final Findings findings = new Findings();

    @BeforeEach
    void plantAPackage() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        one = project.resolve("src/a");
        Manifests.write(one, "a", "");
    }

    @Test
    void takesFilesAndLinksButNotWhatToolsLeave() throws IOException {
        write("CMakeLists.txt", "project(a)");
        write("src/main.cpp", "int main() {}");
        write(".git/HEAD", "x");
        write("sub/.git", "gitdir: elsewhere");
        write("a/__pycache__/m.cpython-310.pyc", "x");
        write("a/old.pyc", "x");
        write("a.egg-info/PKG-INFO", "x");
        write(".clang-format", "x");
        write("build/.built_by", "colcon");
        write("build/a/Makefile", "x");
        Files.createDirectories(one.resolve("empty"));
        link("latest.cpp", "src/main.cpp");
        assertThat(paths(read()))
                .containsExactly(".clang-format", "CMakeLists.txt", "latest.cpp", "package.xml", "src", "src/main.cpp");
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void changesItsDigestWithEverythingThatCountsAndWithNothingElse() throws IOException {
        write("run.sh", "echo");
        var first = read().digest();
        Files.setLastModifiedTime(one.resolve("run.sh"), java.nio.file.attribute.FileTime.fromMillis(0));
        Files.createDirectories(one.resolve("empty"));
        assertThat(read().digest()).isEqualTo(first);
        Files.setPosixFilePermissions(one.resolve("run.sh"), PosixFilePermissions.fromString("rwxr--r--"));
        var executable = read().digest();
        write("run.sh", "echo 2");
        var changed = read().digest();
        Files.move(one.resolve("run.sh"), one.resolve("run2.sh"));
        var renamed = read().digest();
        link("run.sh", "run2.sh");
        var linked = read().digest();
        assertThat(List.of(first, executable, changed, renamed, linked)).doesNotHaveDuplicates();
    }

    @Test
    void isTheSameForEveryUmaskAndPlace() throws IOException {
        write("run.sh", "echo");
        Files.setPosixFilePermissions(one.resolve("run.sh"), PosixFilePermissions.fromString("rw-rw-rw-"));
        var first = read();
        assertThat(first.entries()).filteredOn(Entry::isFile).allMatch(entry -> entry.mode() == 0644);
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(project, elsewhere);
        project = elsewhere;
        one = project.resolve("src/a");
        assertThat(read().digest()).isEqualTo(first.digest());
    }

    @Test
    void leavesOutRecordingsAndSaysSo() throws IOException {
        write("bags/run1.mcap", "xyz");
        write("bags/run2.db3", "xy");
        write("bags/keep.mcap", "x");
        write(".rosbalenaignore", "!keep.mcap\n");
        assertThat(paths(read())).contains("bags/keep.mcap").doesNotContain("bags/run1.mcap", "bags/run2.db3");
        assertThat(findings.all())
                .extracting(Finding::print)
                .containsExactly("src/a: note RB023 2 recordings are left out (5 bytes; *.mcap, *.db3, *.bag)\n"
                        + "    a line !*.mcap in .rosbalenaignore takes them in");
    }

    @Test
    void obeysIgnoreFilesFromTheProjectDownwards() throws IOException {
        write("doc/a.txt", "x");
        write("doc/b.txt", "x");
        write("meshes/big.stl", "x");
        write("meshes/small.stl", "x");
        Files.writeString(project.resolve(".rosbalenaignore"), "*.txt\n/src/a/meshes/big.stl\n");
        write("doc/.rosbalenaignore", "!b.txt\n");
        assertThat(paths(read()))
                .contains("doc/b.txt", "meshes/small.stl")
                .doesNotContain("doc/a.txt", "meshes/big.stl");
    }

    @Test
    void replacesALinkToOtherFoldersOfTheProjectByWhatTheyHold() throws IOException {
        Path shared = Files.createDirectories(project.resolve("shared/config"));
        Files.writeString(shared.resolve("params.yaml"), "x: 1");
        Files.createSymbolicLink(shared.resolve("default.yaml"), Path.of("params.yaml"));
        link("config", "../../shared/config");
        link("absolute.yaml", shared.resolve("params.yaml").toString());
        SourceTree tree = read();
        assertThat(paths(tree))
                .containsExactly("absolute.yaml", "config", "config/default.yaml", "config/params.yaml", "package.xml");
        assertThat(tree.entries())
                .filteredOn(entry -> entry.kind() == Entry.Kind.SYMLINK)
                .extracting(Entry::target)
                .containsExactly("params.yaml");
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void refusesALinkOutOfTheProjectUnlessItLeadsIntoASourceRoot() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("x.h"), "x");
        link("x.h", outside.resolve("x.h").toString());
        assertThat(paths(read())).containsExactly("package.xml");
        assertThat(findings.all())
                .extracting(Finding::print)
                .singleElement()
                .asString()
                .startsWith("src/a/x.h: error RB020 the link leads out of the project, to ")
                .contains("<sourceRoots>");
        SourceTree allowed = read(new SourceRules(project, List.of(Path.of("../outside")), List.of()), new Findings());
        assertThat(paths(allowed)).containsExactly("package.xml", "x.h");
    }

    @Test
    void neverWalksInACircle() throws IOException {
        link("inside", ".");
        link("above", "../..");
        assertThat(paths(read())).containsExactly("inside", "package.xml");
        assertThat(findings.all()).extracting(Finding::id).containsExactly("RB020");
    }

    @Test
    void passesOverLinksThatLeadNowhereOrIntoABuild() throws IOException {
        Path build = Files.createDirectories(project.resolve("build/a"));
        Files.writeString(project.resolve("build/.built_by"), "colcon");
        Files.writeString(build.resolve("compile_commands.json"), "[]");
        link("compile_commands.json", "../../build/a/compile_commands.json");
        link("gone", "../../gone");
        assertThat(paths(read())).containsExactly("package.xml");
        assertThat(findings.all())
                .extracting(Finding::print)
                .singleElement()
                .asString()
                .startsWith("src/a/gone: warning RB021 the link leads nowhere (to ../../gone)");
    }

    @Test
    void findsWhatGitHasNotFetched() throws Exception {
        write("mesh.stl", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 1\n");
        Files.createDirectories(project.resolve(".git"));
        Files.writeString(
                project.resolve(".gitmodules"),
                "[submodule \"x\"]\n\tpath = src/a/third_party/x\n\turl = ../x\n[submodule \"y\"]\n\tpath = ../out\n");
        Files.createDirectories(one.resolve("third_party/x"));
        read();
        assertThat(findings.all())
                .extracting(finding -> finding.file().orElse("") + " " + finding.id())
                .containsExactly("src/a/mesh.stl RB024", "src/a/third_party/x RB022");
    }

    @Test
    void excludesTheBuildDirectoryOfAProjectThatIsAPackageItself() throws IOException {
        Path root = Files.createDirectory(folder.resolve("single"));
        Manifests.write(root, "single", "");
        Files.createDirectories(root.resolve("target/classes"));
        Files.writeString(root.resolve("target/classes/x"), "x");
        Workspace workspace = Workspace.scan(root, Path.of(""), ConditionContexts.of("humble", Map.of()));
        SourceRules rules = new SourceRules(root, List.of(), List.of(Path.of("target")));
        SourceTree tree = new SourceReader(workspace, rules, FileDigests.READING)
                .read(workspace.packages().get(0), findings);
        assertThat(paths(tree)).containsExactly("package.xml");
    }

    @Test
    void failsWhenAFileChangesBeforeItIsCompiled() throws IOException {
        write("main.cpp", "int main() {}");
        Entry entry = read().entries().get(0);
        assertThat(entry.content().bytes()).hasSize(13);
        write("main.cpp", "int main();  ");
        assertThatThrownBy(() -> entry.content().bytes())
                .isInstanceOf(FindingException.class)
                .hasMessageContaining(
                        "src/a/main.cpp: error RB402 this source file was changed after the build had read it");
        Files.delete(one.resolve("main.cpp"));
        assertThatThrownBy(() -> entry.content().bytes())
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("was removed after");
    }

    @Test
    void tellsAFileThatCannotBeRead() throws IOException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "skipped: root can read every file");
        write("secret", "x");
        Files.setPosixFilePermissions(one.resolve("secret"), Set.of());
        read();
        assertThat(findings.all()).extracting(Finding::id).containsExactly("RB006");
    }

    private SourceTree read() throws IOException {
        return read(SourceRules.of(project), findings);
    }

    private SourceTree read(SourceRules rules, Findings into) throws IOException {
        Workspace workspace = Workspace.scan(project, Path.of("src"), ConditionContexts.of("humble", Map.of()));
        return new SourceReader(workspace, rules, FileDigests.READING)
                .read(workspace.find("a").orElseThrow(), into);
    }

    private static List<String> paths(SourceTree tree) {
        return tree.entries().stream().map(entry -> entry.path().text()).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = one.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(one.resolve(path), Path.of(target));
    }
}
