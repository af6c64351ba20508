package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.DeskSecrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value of a secret reaches nothing that a build leaves, and the service on the desk. */
class SecretRobotTest {
    private static final String VALUE = "hunter2hunter2";

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aRobotWithASecret() throws Exception {
        robot = SmallRobot.in(folder).write(".env", "API_TOKEN=" + VALUE + "\n").write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    environment:
                      API_TOKEN: ${API_TOKEN}
                    x-rosbalena:
                      apt: [hello]
                      secrets: [API_TOKEN, OTHER]
                """);
    }

    @Test
    void aBuildLeavesNoTraceOfIt() throws Exception {
        robot.build();

        assertThat(robot.said())
                .noneMatch(line -> line.contains(VALUE))
                .noneMatch(line -> line.contains("RB140"))
                .anyMatch(line -> line.contains("note RB195 service talker: API_TOKEN is secret"));
        for (Path left : List.of(robot.file("target"), robot.file("rosbalena.lock"), robot.storeFolder())) {
            try (Stream<Path> files = Files.walk(left)) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                                        .as(file.toString())
                                        .doesNotContain(VALUE));
            }
        }
    }

    /** Another value is the same build: whoever builds need not know it. */
    @Test
    void aBuildDoesNotDependOnIt() throws Exception {
        robot.build();
        robot.write(".env", "API_TOKEN=quite-another\n").build();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("nothing changed"));
    }

    @Test
    void onTheDeskItComesFromTheEnvironmentOrTheFile() {
        Findings findings = new Findings();
        DeskSecrets file = DeskSecrets.of(robot.robotProject(), Map.of("HOME", "/"), findings);
        DeskSecrets environment =
                DeskSecrets.of(robot.robotProject(), Map.of("API_TOKEN", "now", "OTHER", "o"), new Findings());

        assertThat(file.of("talker")).containsExactly(Map.entry("API_TOKEN", VALUE));
        assertThat(file.toString()).doesNotContain(VALUE);
        assertThat(findings.all())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.print())
                                .startsWith(
                                        "docker-compose.yml:8:7: warning RB198 service talker: the secret OTHER has no value here"));
        assertThat(environment.of("talker")).containsExactly(Map.entry("API_TOKEN", "now"), Map.entry("OTHER", "o"));
        assertThat(environment.of("nobody")).isEmpty();
    }
}
