package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules over manifests, in a build. */
class ManifestLintTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aRobot() throws IOException {
        robot = SmallRobot.in(folder);
    }

    private void service(String fields) throws IOException {
        robot.write("docker-compose.yml", "services:\n  talker:\n    command: [hello]\n" + fields.indent(4));
    }

    @Test
    void aDangerousLabelStopsTheBuildBeforeTheNetworkIsAsked() throws Exception {
        service("labels: {io.balena.features.dbus: \"1\"}\nx-rosbalena: {apt: [hello]}");

        assertThatThrownBy(() -> robot.offline().build())
                .hasMessageContaining("docker-compose.yml:4:14: error RB134 service talker: with"
                        + " io.balena.features.dbus the service reboots the device");
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
    }

    @Test
    void thePomMayTakeTheResponsibility() throws Exception {
        service("labels: {io.balena.features.dbus: \"1\"}\nx-rosbalena: {apt: [hello]}");
        robot.accept("talker:io.balena.features.dbus").build();

        assertThat(robot.file("target/rosbalena/docker-compose.yml"))
                .content()
                .contains("io.balena.features.dbus: \"1\"");
    }

    @Test
    void theLockTellsWhichMiddlewareAServiceHas() throws Exception {
        robot.archive().deb("ros-humble-demo", "1", "amd64").deb("ros-humble-rmw-cyclonedds-cpp", "1", "amd64");
        robot.publish();
        String environment = "environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}\n";
        service(environment + "x-rosbalena: {apt: [ros-humble-demo]}");

        assertThatThrownBy(robot::build)
                .hasMessageContaining(
                        "docker-compose.yml:4:19: error RB152 service talker: its image has no" + " rmw_cyclonedds_cpp")
                .hasMessageContaining("ros-humble-rmw-cyclonedds-cpp");
        assertThat(robot.file("target/rosbalena/build.json")).doesNotExist();

        service(environment + "x-rosbalena: {apt: [ros-humble-demo, ros-humble-rmw-cyclonedds-cpp]}");
        robot.build();

        assertThat(robot.file("target/rosbalena/build.json")).exists();
    }

    @Test
    void whatIsToldBeforeTheLockIsToldOnce() throws Exception {
        service("environment: {WIFI_PASSWORD: correct-horse}\nx-rosbalena: {apt: [hello]}");
        robot.build();

        assertThat(robot.said()).filteredOn(line -> line.contains("RB140")).hasSize(1);
        assertThat(robot.file("target/rosbalena/build.json")).content().containsOnlyOnce("RB140");
    }
}
