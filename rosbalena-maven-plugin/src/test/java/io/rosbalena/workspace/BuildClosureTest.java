package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildClosureTest {
    @TempDir
    private Path folder;

    @Test
    void needsWhatIsBuiltWithAndWhatThatRunsWith() throws IOException {
        write(
                "robot",
                "<buildtool_depend>generator</buildtool_depend><build_depend>eigen</build_depend>"
                        + "<exec_depend>rviz2</exec_depend><exec_depend>driver</exec_depend>");
        write(
                "generator",
                "<build_depend>cmake_macros</build_depend><exec_depend>python3-empy</exec_depend>"
                        + "<exec_depend>templates</exec_depend>");
        write("templates", "<exec_depend>python3-yaml</exec_depend><buildtool_depend>ament_cmake</buildtool_depend>");
        write("driver", "<exec_depend>libusb</exec_depend>");
        BuildClosure closure = closure(false, "robot");
        assertThat(closure.packages()).extracting(RosPackage::name).containsExactly("templates", "generator", "robot");
        assertThat(closure.keys())
                .containsOnlyKeys("ament_cmake", "cmake_macros", "eigen", "python3-empy", "python3-yaml");
    }

    @Test
    void needsTestDependenciesOnlyOnRequest() throws IOException {
        write("a", "<build_depend>b</build_depend><test_depend>gtest</test_depend>");
        write("b", "<test_depend>pytest</test_depend>");
        assertThat(closure(false, "a").keys()).isEmpty();
        assertThat(closure(true, "a").keys()).containsOnlyKeys("gtest");
    }

    @Test
    void buildsTheMembersOfAGroupFirst() throws IOException {
        write("bridge", "<group_depend>msgs</group_depend>");
        write("z_msgs", "<member_of_group>msgs</member_of_group><exec_depend>rosidl_default_runtime</exec_depend>");
        BuildClosure closure = closure(false, "bridge");
        assertThat(closure.packages()).extracting(RosPackage::name).containsExactly("z_msgs", "bridge");
        assertThat(closure.keys()).containsOnlyKeys("rosidl_default_runtime");
    }

    @Test
    void showsAPackageItsDependenciesAndWhatThoseRunWith() throws IOException {
        write("a", "<build_depend>b</build_depend><test_depend>t</test_depend>");
        write("b", "<exec_depend>c</exec_depend><build_depend>hidden</build_depend>");
        write("c", "");
        write("hidden", "");
        write("t", "");
        Workspace workspace = scan();
        RosPackage one = workspace.find("a").orElseThrow();
        assertThat(workspace.visibleTo(one, EnumSet.of(DependencyKind.BUILD)))
                .extracting(RosPackage::name)
                .containsExactly("c", "b");
    }

    private BuildClosure closure(boolean tests, String... wanted) throws IOException {
        return BuildClosure.of(scan(), List.of(wanted), tests);
    }

    private Workspace scan() throws IOException {
        return Workspace.scan(folder, Path.of("src"), ConditionContexts.of("humble", Map.of()));
    }

    private void write(String name, String dependencies) throws IOException {
        Manifests.write(folder.resolve("src").resolve(name), name, dependencies);
    }
}
