package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.robot.linting.Linting;
import io.rosbalena.store.BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A robot's {@code balena.yml} through whole goals. */
class ContractTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aRobot() throws Exception {
        robot = SmallRobot.in(folder);
    }

    @Test
    void theContractIsPassedOnAndAnotherOneIsAnotherBuild() throws Exception {
        robot.build();
        byte[] manifest = Files.readAllBytes(robot.file("target/rosbalena/docker-compose.yml"));
        assertThat(Json.parse(report()).find("contract")).isEmpty();

        robot.write("balena.yml", "type: sw.application\nname: small\nversion: 1.0.0\n");
        robot.build();

        assertThat(robot.said()).noneMatch(line -> line.startsWith("nothing changed"));
        assertThat(Json.parse(report()).get("contract").get("version").string()).isEqualTo("1.0.0");
        assertThat(robot.file("target/rosbalena/docker-compose.yml")).hasBinaryContent(manifest);

        robot.write("balena.yml", "{name: small, version: 1.0.0, type: sw.application}\n");
        robot.build();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("nothing changed"));

        robot.write("balena.yml", "{name: small, version: 1.0.1, type: sw.application}\n");
        robot.build();
        assertThat(Json.parse(report()).get("contract").get("version").string()).isEqualTo("1.0.1");
    }

    private byte[] report() throws Exception {
        return Files.readAllBytes(robot.file("target/rosbalena/build.json"));
    }

    @Test
    void aContractThatBalenaRefusesStopsTheBuildAndIsLintedWithoutAPom() throws Exception {
        robot.write("balena.yml", "name: small\ntype: sw.application\nversion: one\n");

        assertThatThrownBy(() -> robot.build())
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("balena.yml:3:10: error RB183");
        assertThat(Linting.lint(robot.robotProject(), BlobStore.open(robot.storeFolder())))
                .extracting(finding -> finding.id())
                .containsExactly("RB183");
        assertThat(Linting.lintManifest(robot.robotProject()))
                .extracting(finding -> finding.id())
                .containsExactly("RB183");
    }

    @Test
    void aLinkOutOfTheProjectIsNotFollowed() throws Exception {
        Files.writeString(folder.resolve("other.yml"), "name: other\ntype: sw.application\n");
        Files.createSymbolicLink(robot.file("balena.yml"), folder.resolve("other.yml"));

        assertThatThrownBy(() -> robot.build())
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("balena.yml: error RB183");
    }
}
