package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No key of the project gets into an image unless the POM says so. */
class SecretSearchTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private String key;

    @BeforeEach
    void aRobotWithAKey() throws Exception {
        RealTool.require("openssl");
        RealTool.run(folder, "openssl", "genpkey", "-algorithm", "ED25519", "-out", "key.pem");
        key = Files.readString(folder.resolve("key.pem"));
        robot = SmallRobot.in(folder);
        robot.write("certs/robot.pem", "# ours\n" + key).write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello]
                      files:
                        - "certs:/etc/robot"
                """);
    }

    @Test
    void aKeyAmongTheFilesEndsTheBuildAndIsNotShown() {
        String secret = key.lines().skip(1).findFirst().orElseThrow();
        assertThatThrownBy(robot::build)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining(
                        "docker-compose.yml:7:11: error RB190 service talker: /etc/robot/robot.pem holds a"
                                + " private key")
                .hasMessageContaining("x-rosbalena.files copies it from certs (layer: files)")
                .hasMessageContaining("<accept>talker:/etc/robot/robot.pem</accept>")
                .hasMessageNotContaining(secret);
        assertThat(robot.said()).noneMatch(line -> line.contains(secret));
        assertThat(robot.file("target/rosbalena/build.json")).doesNotExist();
    }

    @Test
    void thePomMaySayThatItIsMeantAsLongAsItIsThere() throws Exception {
        robot.accept("talker:/etc/robot/robot.pem").build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB1"));

        // What was built with the POM's word is not taken for what is built without it.
        robot.accept();
        assertThatThrownBy(robot::build).hasMessageContaining("RB190");

        robot.accept("/etc/robot/robot.pem", "other:/etc/robot/robot.pem", "/etc/other")
                .build();
        assertThat(robot.said())
                .filteredOn(line -> line.contains("warning RB145"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("/etc/other"),
                        line -> assertThat(line).contains("other:/etc/robot/robot.pem"));
    }

    @Test
    void noSwitchOfThePreflightLooksAway() {
        robot.preflight("ignore");
        assertThatThrownBy(robot::build).hasMessageContaining("error RB190");
    }

    /** Debian has keys that are no secrets: those of tests, examples, and its snake oil. */
    @Test
    void whatComesFromDebianIsNotLookedInto() throws Exception {
        robot.archive().debWith(Map.of("etc/ssl/private/snakeoil.key", key), "snakeoil", "1", "amd64");
        robot.publish().write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello, snakeoil]
                """);
        robot.build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB190"));
    }

    @Test
    void aKeyThatAPackageInstallsIsToldAtItsSource() throws Exception {
        RealTool.require("colcon", "cmake");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/share/ament_cmake")), "skipped: ament-cmake is not installed");
        Path other = Files.createDirectory(folder.resolve("other"));
        robot = ListeningRobot.in(other);
        for (String name : new String[] {"talker", "listener"}) {
            robot.write("src/" + name + "/CMakeLists.txt", """
                    cmake_minimum_required(VERSION 3.16)
                    project(%s NONE)
                    find_package(ament_cmake REQUIRED)
                    install(DIRECTORY config DESTINATION share/%1$s)
                    ament_package()
                    """.formatted(name));
            robot.write("src/" + name + "/config/words", "none");
        }
        robot.write("src/listener/config/cloud.pem", "# ours\n" + key);
        RealTool.run(
                robot.file("."), Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH", ""), "colcon", "build");
        robot.engine("prebuilt");

        String path = "/ros2_ws/install/listener/share/listener/config/cloud.pem";
        assertThatThrownBy(robot::build)
                .hasMessageContaining("src/listener/config/cloud.pem:2: error RB190 service chat: " + path)
                .hasMessageContaining("the package listener installs it (layer: workspace)");
        try (Stream<Path> kept = Files.list(robot.storeFolder().resolve("results/secrets"))) {
            // The service's files, and two packages: what was seen is not looked into again.
            assertThat(kept).hasSize(3);
        }
        robot.accept("chat:" + path).build();
    }
}
