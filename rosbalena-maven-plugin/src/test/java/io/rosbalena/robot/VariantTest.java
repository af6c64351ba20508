package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overlays and tools: what is built for the desk. */
class VariantTest {
    private static final List<String> VERBS =
            List.of("action", "doctor", "interface", "lifecycle", "node", "param", "service", "topic");

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        robot.archive().deb("viewer", "1", "amd64").deb("other", "1", "amd64");
        robot.publish();
    }

    private String lock(String name) throws IOException {
        return Files.readString(robot.file(name));
    }

    private void overlay(String text) throws IOException {
        robot.write("docker-compose.dev.yml", text);
    }

    @Test
    void anOverlayIsLaidOverTheManifestAndLockedInAFileOfItsOwn() throws Exception {
        robot.build();
        String before = lock("rosbalena.lock");
        overlay("services:\n  talker:\n    environment: {LEVEL: debug}\n"
                + "  viewer:\n    command: [hello]\n    x-rosbalena: {apt: [hello, viewer]}\n");

        robot.overlay("dev").build();

        assertThat(robot.said()).contains("a variant for the desk: overlay dev");
        assertThat(Files.readString(robot.file("target/rosbalena/docker-compose.yml")))
                .contains("LEVEL: debug", "  viewer:");
        assertThat(lock("rosbalena.lock")).isEqualTo(before).doesNotContain("viewer");
        assertThat(lock("rosbalena.dev.lock")).contains("viewer");

        robot.overlay().build();
        assertThat(Files.readString(robot.file("target/rosbalena/docker-compose.yml")))
                .doesNotContain("LEVEL", "viewer");
    }

    @Test
    void anOverlayThatAsksForNothingHasTheLockOfTheRobot() throws Exception {
        robot.build();
        overlay("services: {talker: {environment: {LEVEL: debug}}}\n");
        robot.overlay("dev").build();
        assertThat(robot.file("rosbalena.dev.lock")).doesNotExist();
    }

    @Test
    void aVariantHasTheVersionsOfTheRobot() throws Exception {
        robot.build();
        overlay("services: {talker: {x-rosbalena: {apt: [viewer]}}}\n");
        robot.archive().deb("hello", "2.0-1", "amd64", "Depends: libhello1 (>= 1)");
        robot.publish();

        robot.overlay("dev").build();
        assertThat(lock("rosbalena.dev.lock")).contains("\"1.0-1\"").doesNotContain("2.0-1");

        robot.overlay().lock();
        assertThat(lock("rosbalena.lock")).contains("2.0-1");
        robot.overlay("dev").build();
        assertThat(lock("rosbalena.dev.lock")).contains("2.0-1", "viewer");
    }

    @Test
    void theLockOfAVariantIsNotUpdatedAlone() throws Exception {
        robot.build();
        overlay("services: {talker: {x-rosbalena: {apt: [viewer]}}}\n");
        robot.overlay("dev");
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> robot.lock("hello"))
                .satisfies(e -> assertThat(e.findings()).extracting(Finding::id).containsExactly("RB174"));
        assertThat(robot.file("rosbalena.dev.lock")).doesNotExist();
    }

    @Test
    void namesOfOverlaysAreChecked() {
        robot.overlay("../x", "sim");
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(robot::build)
                .satisfies(e -> assertThat(
                                e.findings().stream().map(Finding::print).collect(Collectors.joining("\n")))
                        .contains("RB171", "\"../x\"", "RB172", "docker-compose.sim.yml"));
    }

    @Test
    void anOverlayNeedsSomethingBelowIt() throws Exception {
        Files.delete(robot.file("docker-compose.yml"));
        overlay("services: {main: {command: [x]}}\n");
        robot.overlay("dev");
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(robot::build)
                .satisfies(e -> assertThat(e.findings()).extracting(Finding::id).contains("RB173"));
    }

    @Test
    void toolsComeIntoServicesWithPackagesOfTheWorkspace() throws Exception {
        robot.withBuildTools();
        VERBS.forEach(verb -> deb("looks-at-" + verb));
        robot.publish();
        robot.write(
                        "base.yaml",
                        "ament_cmake: {debian: [ament-cmake]}\n"
                                + VERBS.stream()
                                        .map(verb -> "ros2" + verb + ": {debian: [looks-at-" + verb + "]}\n")
                                        .collect(Collectors.joining()))
                .write(
                        "docker-compose.yml",
                        "services:\n  robot: {build: src}\n  talker: {command: [hello], x-rosbalena: {apt: [hello]}}\n")
                .write("src/motor/package.xml", """
                        <package format="3"><name>motor</name><version>1.0.0</version><description>x</description>
                        <maintainer email="a@example.org">A</maintainer><license>MIT</license>
                        <export><build_type>ament_cmake</build_type></export></package>
                        """)
                .write("src/motor/CMakeLists.txt", "");
        robot.lock();
        assertThat(robot.packages("robot")).noneMatch(name -> name.startsWith("looks-at-"));

        robot.tools(true).lock();
        assertThat(lock("rosbalena.tools.lock")).contains("looks-at-topic");
        assertThat(lock("rosbalena.lock")).doesNotContain("looks-at");
    }

    private void deb(String name) {
        try {
            robot.archive().deb(name, "1", "amd64");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
