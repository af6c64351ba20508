package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunClosureTest {
    @TempDir
    private Path folder;

    @Test
    void followsExecDependenciesThroughTheWorkspaceAndRemembersTheWay() throws IOException {
        write("a", "<exec_depend>b</exec_depend><exec_depend>rclcpp</exec_depend><build_depend>eigen</build_depend>");
        write("b", "<exec_depend>c</exec_depend>");
        write("c", "<exec_depend>rclcpp</exec_depend><test_depend>gtest</test_depend>");
        write("d", "<exec_depend>never</exec_depend>");
        RunClosure closure = closure(DependencyTypes.EXEC, "a");
        assertThat(closure.packages()).containsExactly("a", "b", "c");
        assertThat(closure.keys()).containsOnlyKeys("rclcpp");
        assertThat(closure.keys().get("rclcpp"))
                .containsExactly(
                        new KeyOrigin("a", DependencyKind.EXEC, "src/a/package.xml", 5, List.of("a")),
                        new KeyOrigin("c", DependencyKind.EXEC, "src/c/package.xml", 5, List.of("a", "b", "c")));
    }

    @Test
    void takesTheMembersOfAGroup() throws IOException {
        write("bridge", "<group_depend>msgs</group_depend>");
        write("m1", "<member_of_group>msgs</member_of_group><exec_depend>x</exec_depend>");
        write("m2", "<member_of_group condition=\"$ROS_VERSION == 1\">msgs</member_of_group>");
        RunClosure closure = closure(DependencyTypes.EXEC, "bridge");
        assertThat(closure.packages()).containsExactly("bridge", "m1");
        assertThat(closure.keys()).containsOnlyKeys("x");
    }

    @Test
    void asksRosdepForWhatIsHiddenFromColcon() throws IOException {
        write("rmw", "<exec_depend condition=\"$DISABLE_GROUPS_WORKAROUND != 1\">rmw_fastrtps_cpp</exec_depend>");
        assertThat(closure(DependencyTypes.EXEC, "rmw").keys()).containsOnlyKeys("rmw_fastrtps_cpp");
    }

    @Test
    void widensWithTheDependencyTypes() throws IOException {
        write(
                "a",
                "<build_depend>b1</build_depend><build_export_depend>b2</build_export_depend>"
                        + "<exec_depend>e</exec_depend><test_depend>t</test_depend><doc_depend>d</doc_depend>");
        assertThat(closure(DependencyTypes.EXEC, "a").keys()).containsOnlyKeys("e");
        assertThat(closure(DependencyTypes.EXEC_BUILD_EXPORT, "a").keys()).containsOnlyKeys("b2", "e");
        assertThat(closure(DependencyTypes.ALL, "a").keys()).containsOnlyKeys("b1", "b2", "e");
    }

    @Test
    void namesThePackagesThereAreWhenOneIsMissing() throws IOException {
        write("a", "");
        assertThatThrownBy(() -> closure(DependencyTypes.EXEC, "b"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("there is no package b in the workspace")
                .hasMessageContaining("the workspace has: a");
    }

    private RunClosure closure(DependencyTypes types, String... own) throws IOException {
        Workspace workspace = Workspace.scan(folder, Path.of("src"), ConditionContexts.of("humble", Map.of()));
        return RunClosure.of(workspace, List.of(own), types);
    }

    private void write(String name, String dependencies) throws IOException {
        Manifests.write(folder.resolve("src").resolve(name), name, dependencies);
    }
}
