package io.rosbalena.robot;

import java.io.IOException;
import java.nio.file.Path;

/** A small robot whose service holds packages of a workspace: they need each other, keys and, through these, packages. */
final class ListeningRobot {
    static final String MANIFEST = """
            <package format="3">
              <name>%s</name><version>1.0.0</version><description>x</description>
              <maintainer email="a@example.org">A</maintainer><license>MIT</license>
              %s
              <export><build_type>ament_cmake</build_type></export>
            </package>
            """;

    private ListeningRobot() {}

    static SmallRobot in(Path folder) throws IOException {
        SmallRobot robot = SmallRobot.in(folder);
        robot.archive()
                .deb("ros-humble-rclcpp", "16.0.1", "amd64", "Depends: libhello1, rmw | rmw-other")
                .deb("rmw", "3", "amd64", "Depends: libhello1 (>= 1)")
                .deb("libeigen3-dev", "3.4", "all")
                .deb("ament", "1", "all", "Pre-Depends: libhello1");
        robot.withBuildTools()
                .write("base.yaml", """
                        hello: {debian: [hello]}
                        eigen: {debian: [libeigen3-dev]}
                        ament_cmake: {debian: [ament]}
                        builtin: {debian: []}
                        """)
                .write("index.yaml", """
                        distributions: {humble: {distribution: [humble.yaml], distribution_type: ros2, python_version: 3}}
                        type: index
                        version: 4
                        """)
                .write("humble.yaml", """
                        release_platforms: {debian: [bookworm]}
                        repositories:
                          rclcpp:
                            release: {packages: [rclcpp], url: x}
                        type: distribution
                        version: 2
                        """)
                .write("src/talker/package.xml", MANIFEST.formatted("talker", """
                        <buildtool_depend>ament_cmake</buildtool_depend>
                          <depend>listener</depend>
                          <depend>rclcpp</depend>
                          <build_export_depend>eigen</build_export_depend>
                          <exec_depend>builtin</exec_depend>
                          <exec_depend>left_out</exec_depend>"""))
                .write("src/listener/package.xml", MANIFEST.formatted("listener", "<exec_depend>rclcpp</exec_depend>"))
                .write("docker-compose.yml", """
                        services:
                          chat:
                            build: src/talker
                            command: [x]
                            x-rosbalena:
                              apt: [hello]
                        """);
        return robot.skipKeys("left_out");
    }
}
