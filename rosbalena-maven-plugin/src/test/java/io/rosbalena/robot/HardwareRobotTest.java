package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.robot.linting.PrivilegeReport;
import io.rosbalena.store.BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hardware by words, from the manifest that people write to the one that robots get. */
class HardwareRobotTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aServiceWithACamera() throws Exception {
        robot = SmallRobot.in(folder).write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello]
                      hardware: [camera, can]
                """);
    }

    @Test
    void theManifestOfRobotsHasTheLeastThatWorks() throws Exception {
        robot.build();

        assertThat(Files.readString(robot.file("target/rosbalena/docker-compose.yml")))
                .contains("- /dev/video0:/dev/video0", "- NET_ADMIN", "network_mode: host")
                .doesNotContain("hardware");
        assertThat(robot.said())
                .anyMatch(line ->
                        line.startsWith("docker-compose.yml:6:7: note RB192 service talker: hardware camera, can"
                                + " becomes devices: /dev/video0; network_mode: host; cap_add: NET_ADMIN"));
    }

    @Test
    void whatServicesMayDoHasIt() throws Exception {
        assertThat(PrivilegeReport.lines(
                        robot.robotProject(), Optional.of(BlobStore.open(robot.storeFolder())), Optional.empty()))
                .containsExactly(
                        "talker  capability cap_add: NET_ADMIN",
                        "        device     devices: /dev/video0",
                        "        network    network_mode: host");
        assertThat(PrivilegeReport.lines(robot.robotProject(), Optional.empty(), Optional.empty()))
                .hasSize(3);
    }
}
