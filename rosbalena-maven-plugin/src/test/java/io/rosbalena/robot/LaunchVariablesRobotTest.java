package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launch file that reads what nobody declares, through a whole build. */
class LaunchVariablesRobotTest {
    private static final String MANIFEST = """
            services:
              talker:
                command: [hello, /etc/robot.launch.py]
                environment: {%s}
                x-rosbalena:
                  apt: [hello]
                  files: ["robot.launch.py:/etc/robot.launch.py"]
                  secrets: [%s]
            """;

    @TempDir
    private Path folder;

    @Test
    void itIsToldUntilSomebodyDeclaresIt() throws Exception {
        SmallRobot robot = SmallRobot.in(folder)
                .write("robot.launch.py", "import os\nname = os.environ['ROBOT_NAME']\n")
                .write("docker-compose.yml", MANIFEST.formatted("OTHER: a", ""));
        robot.build();
        assertThat(robot.said())
                .anyMatch(line -> line.startsWith("docker-compose.yml:7:7: warning RB197 service talker:"
                        + " /etc/robot.launch.py:2 reads the variable ROBOT_NAME"));

        robot.write("docker-compose.yml", MANIFEST.formatted("ROBOT_NAME: a", ""))
                .build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB197"));

        robot.write("docker-compose.yml", MANIFEST.formatted("OTHER: a", "ROBOT_NAME"))
                .build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB197"));

        // That nothing was found with the name in the manifest says nothing of a manifest without it.
        robot.write("docker-compose.yml", MANIFEST.formatted("OTHER: b", "ELSE"))
                .build();
        assertThat(robot.said()).anyMatch(line -> line.contains("RB197"));
    }
}
