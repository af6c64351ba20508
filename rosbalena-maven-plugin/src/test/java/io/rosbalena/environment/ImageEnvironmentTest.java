package io.rosbalena.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageEnvironmentTest {
    private static final String HOOKS = """
            prepend-non-duplicate;AMENT_PREFIX_PATH;
            prepend-non-duplicate;CMAKE_PREFIX_PATH;
            prepend-non-duplicate;PKG_CONFIG_PATH;lib/pkgconfig
            prepend-non-duplicate;LD_LIBRARY_PATH;lib
            prepend-non-duplicate;PATH;bin
            prepend-non-duplicate;PYTHONPATH;lib/python3/site-packages
            """;

    @Test
    void holdsTheBaseTheConstantsAndTheRunTimeVariablesSorted() throws IOException {
        MemoryTree tree = new MemoryTree()
                .file("ros2_ws/install/.colcon_install_layout", 0644, bytes("isolated\n"))
                .file("ros2_ws/install/a/share/colcon-core/packages/a", 0644, bytes(""))
                .file("ros2_ws/install/a/share/a/package.dsv", 0644, bytes(HOOKS))
                .file("opt/ros/humble/share/ament_index/resource_index/packages/ros_environment", 0644, bytes(""))
                .file(
                        "opt/ros/humble/share/ros_environment/package.dsv",
                        0644,
                        bytes("prepend-non-duplicate;AMENT_PREFIX_PATH;\nset;ROS_DISTRO;humble\n"))
                .file("ros2_ws/python/wheel.py", 0644, bytes(""));

        ImageEnvironment environment = ImageEnvironment.of(
                TreeView.of(List.of(tree)), Map.of("PATH", "/usr/bin", "LANG", "de_DE.UTF-8", "ZONE", "z"), "humble");

        assertThat(environment.env())
                .containsExactly(
                        "AMENT_PREFIX_PATH=/ros2_ws/install/a:/opt/ros/humble",
                        "LANG=de_DE.UTF-8",
                        "LC_ALL=C.UTF-8",
                        "LD_LIBRARY_PATH=/ros2_ws/install/a/lib",
                        "PATH=/ros2_ws/install/a/bin:/usr/bin",
                        "PYTHONPATH=/ros2_ws/install/a/lib/python3/site-packages:/ros2_ws/python",
                        "PYTHONUNBUFFERED=1",
                        "RCUTILS_COLORIZED_OUTPUT=0",
                        "RCUTILS_LOGGING_USE_STDOUT=1",
                        "ROS_DISTRO=humble",
                        "ZONE=z");
        assertThat(environment.findings()).isEmpty();
    }

    @Test
    void anImageWithoutRosHasTheConstantsAndAPath() throws IOException {
        assertThat(ImageEnvironment.of(TreeView.of(List.of()), Map.of(), "jazzy")
                        .env())
                .containsExactly(
                        "LANG=C.UTF-8",
                        "LC_ALL=C.UTF-8",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "PYTHONUNBUFFERED=1",
                        "RCUTILS_COLORIZED_OUTPUT=0",
                        "RCUTILS_LOGGING_USE_STDOUT=1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
