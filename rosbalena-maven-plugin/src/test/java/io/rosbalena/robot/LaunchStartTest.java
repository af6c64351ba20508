package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.LaunchStart;
import io.rosbalena.robot.project.RobotService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that say nothing of what they start, and whose packages have a launch file. */
class LaunchStartTest {
    private static final String COMPOSE = "services:\n  robot:\n    build: src\n";

    @TempDir
    private Path folder;

    private SmallRobot robot;

    /** The archive also has what a build root takes; nothing is compiled here. */
    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        robot.archive().deb("launcher", "1", "amd64");
        robot.withBuildTools()
                .write("base.yaml", "ros2launch: {debian: [launcher]}\nament_cmake: {debian: [ament-cmake]}\n")
                .write("docker-compose.yml", COMPOSE)
                .write("src/bringup/package.xml", """
                        <package format="3"><name>bringup</name><version>1.0.0</version><description>x</description>
                        <maintainer email="a@example.org">A</maintainer><license>MIT</license>
                        <export><build_type>ament_cmake</build_type></export></package>
                        """)
                .write("src/bringup/CMakeLists.txt", "# no add_executable(x) here\ninstall(DIRECTORY launch)\n")
                .write("src/bringup/launch/robot.launch.py", "");
    }

    private List<String> locked() throws IOException, InterruptedException {
        robot.lock();
        return robot.packages("robot");
    }

    @Test
    void whatStartsASingleLaunchFileIsLocked() throws Exception {
        assertThat(locked()).contains("launcher");
    }

    @Test
    void aProgramOrACommandOfItsOwnNeedsNothingToLaunch() throws Exception {
        robot.write("docker-compose.yml", COMPOSE + "    command: [x]\n");
        assertThat(locked()).doesNotContain("launcher");

        robot.write("docker-compose.yml", COMPOSE).write("src/bringup/CMakeLists.txt", "add_executable(x x.cpp)\n");
        assertThat(locked()).doesNotContain("launcher");
    }

    @Test
    void aLaunchFileThatNothingCanStartIsRefused() {
        List<String> command = List.of("ros2", "launch", "bringup", "robot.launch.py");
        Service compose = ComposeFile.parse(
                        "docker-compose.yml", COMPOSE.getBytes(StandardCharsets.UTF_8), Map.of(), new Findings())
                .services()
                .get("robot");
        RobotService service = new RobotService(compose, new TreeSet<>(), Optional.empty(), false, false);
        Findings refused = new Findings();
        LaunchStart.check(service, command, Stream.of("ros-humble-ros2cli"), refused);
        Findings fine = new Findings();
        LaunchStart.check(service, command, Stream.of("ros-humble-ros2launch"), fine);

        assertThat(refused.all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .contains(
                                "docker-compose.yml:2", "RB733", "write command: ros2 launch bringup robot.launch.py"));
        assertThat(fine.all()).isEmpty();
    }
}
