package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.workspace.source.FileDigests;
import io.rosbalena.workspace.source.SourceReader;
import io.rosbalena.workspace.source.SourceRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileClosureTest {
    private static final ConditionContexts CONTEXTS = ConditionContexts.of("humble", Map.of());

    @TempDir
    Path project;

    @Test
    void holdsWhatIsDeclaredButForTests() throws IOException {
        manifest("app", "<depend>lib</depend><test_depend>stage</test_depend><exec_depend>voice</exec_depend>");
        manifest("lib", "<build_export_depend>headers</build_export_depend>");
        manifest("headers", "");
        manifest("voice", "<doc_depend>stage</doc_depend>");
        manifest("stage", "");
        manifest("other", "<depend>app</depend>");

        assertThat(CompileClosure.names(scan(project), List.of("app")))
                .containsExactly("app", "headers", "lib", "voice");
    }

    @Test
    void namesPackagesAsTheUserDoes() throws IOException {
        manifest("arm", "<depend>lib</depend><exec_depend>voice</exec_depend><test_depend>stage</test_depend>");
        manifest("lib", "");
        manifest("voice", "");
        Workspace workspace = scan(project);

        ColconPackage arm = packages(project, workspace, List.of("arm")).get(0);

        assertThat(arm.directory().text()).isEqualTo("arm");
        assertThat(arm.userPath()).isEqualTo("src/arm");
        assertThat(arm.buildType()).isEqualTo("ament_cmake");
        assertThat(arm.buildDependencies()).isEqualTo(Set.of("lib"));
        assertThat(arm.runDependencies()).isEqualTo(Set.of("lib", "voice"));
        assertThat(arm.testDependencies()).isEqualTo(Set.of("stage"));
        assertThat(arm.sources().entries())
                .extracting(entry -> entry.path().text())
                .containsExactly("package.xml");
    }

    @Test
    void theCourierCompiles() throws IOException, InterruptedException {
        Path courier = Path.of("../it/courier");
        BuildRoot root = TestBuildRoot.require();
        Workspace workspace = scan(courier);
        List<ColconPackage> packages = packages(courier, workspace, CompileClosure.names(workspace, workspace.names()));
        BlobStore store = BlobStore.open(project.resolve("store"));

        CompiledWorkspace compiled = new WorkspaceCompile(
                        store,
                        CompileClosureTest::sandbox,
                        root,
                        CompileFlags.of("humble", CONTEXTS.colcon(), ColconSettings.NONE),
                        project.resolve("log"))
                .compile(packages, Progress.SILENT);

        assertThat(compiled.trees().keySet()).isEqualTo(workspace.names());
        assertThat(compiled.trees().get("perception_node").files())
                .extracting(file -> file.path().text())
                .contains("lib/perception_node/perception_node");
    }

    private static Sandbox sandbox() throws IOException, InterruptedException {
        try {
            return Sandboxes.choose();
        } catch (FindingException e) {
            return Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
    }

    private static Workspace scan(Path folder) throws IOException {
        Workspace workspace = Workspace.scan(folder, Path.of("src"), CONTEXTS);
        assertThat(workspace.findings()).isEmpty();
        return workspace;
    }

    private static List<ColconPackage> packages(Path folder, Workspace workspace, Iterable<String> names)
            throws IOException {
        SourceReader reader = new SourceReader(workspace, SourceRules.of(folder), FileDigests.READING);
        Findings findings = new Findings();
        List<ColconPackage> packages = new ArrayList<>();
        for (String name : names) {
            RosPackage one = workspace.find(name).orElseThrow();
            packages.add(CompileClosure.of(workspace, one, reader.read(one, findings)));
        }
        findings.throwIfErrors();
        return packages;
    }

    private void manifest(String name, String dependencies) throws IOException {
        Files.createDirectories(project.resolve("src").resolve(name));
        Files.writeString(
                project.resolve("src").resolve(name).resolve("package.xml"), """
                <package format="3"><name>%s</name><version>1.0.0</version><description>test</description>
                <maintainer email="test@example.org">test</maintainer><license>Apache-2.0</license>%s
                <export><build_type>ament_cmake</build_type></export></package>
                """.formatted(name, dependencies));
    }
}
