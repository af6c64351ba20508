package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.linting.Linting;
import io.rosbalena.robot.linting.PrivilegeReport;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of a project without network and lock. */
class LintingTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aRobot() throws IOException {
        robot = SmallRobot.in(folder);
    }

    private List<String> lint() throws IOException, InterruptedException {
        return print(Linting.lint(robot.robotProject(), BlobStore.open(robot.storeFolder())));
    }

    private static List<String> print(List<Finding> findings) {
        return findings.stream().map(Finding::print).toList();
    }

    @Test
    void findingsOfAllStagesAreToldAtOnce() throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    comand: [hello]
                    labels: {io.balena.features.dbus: "1"}
                    build: ./src
                """)
                .write("src/demo/package.xml", "<package format='3'><name>demo</name></package>");

        assertThat(lint())
                .anyMatch(line -> line.startsWith("docker-compose.yml:3:5: error RB101"))
                .anyMatch(line -> line.startsWith("docker-compose.yml:4:14: error RB134"))
                .anyMatch(line -> line.startsWith("src/demo/package.xml:1"));
    }

    @Test
    void aProjectThatIsRightHasNoFindings() throws Exception {
        assertThat(lint()).isEmpty();
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
        assertThat(robot.file("target")).doesNotExist();
    }

    @Test
    void aLockThatIsThereTellsWhatServicesHave() throws Exception {
        robot.archive().deb("ros-humble-demo", "1", "amd64");
        robot.publish();
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}
                    x-rosbalena: {apt: [ros-humble-demo]}
                """);

        assertThat(lint()).isEmpty();
        robot.lock();
        assertThat(lint()).singleElement().asString().contains("RB152");
    }

    @Test
    void amanifestIsLookedAtWithoutWorkspace() throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    build: ./nowhere
                    command: ros2 bag record -a
                """);
        Files.delete(robot.file("src"));

        assertThat(print(Linting.lintManifest(robot.robotProject())))
                .hasSize(2)
                .anyMatch(line -> line.contains("RB158"))
                .anyMatch(line -> line.contains("RB159"));
    }

    @Test
    void aFolderWithNothingToLookAtIsSaid() throws Exception {
        Files.delete(robot.file("docker-compose.yml"));

        assertThat(print(Linting.lintManifest(robot.robotProject())))
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml: error RB738 there is neither a POM nor a compose file");
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> PrivilegeReport.lines(robot.robotProject(), Optional.empty(), Optional.empty()))
                .satisfies(e -> assertThat(print(e.findings()))
                        .singleElement()
                        .asString()
                        .contains("RB738"));
    }
}
