package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.balena.standin.Fault;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code env}: what it asks, what it prints, and what it leaves alone. */
class VariablesTest {
    private static final String FILE = """
            variables:
              - name: ROS_DOMAIN_ID
                type: integer
                default: 7
                description: The domain of this fleet
              - name: LOG_LEVEL
                type: [debug, info]
                default: info
                services: [talker]
              - name: MAP_TOKEN
                secret: true
                scope: service
                services: [talker]
              - name: ROBOT_NAME
                scope: device
              - name: BALENA_HOST_CONFIG_gpu_mem
                type: integer
                default: 64
            """;

    @TempDir
    private Path folder;

    private FleetOfTests fleet;

    @BeforeEach
    void aFleet() throws IOException {
        fleet = FleetOfTests.in(folder);
        fleet.service("talker");
        fleet.robot.write("balena-env.yml", FILE);
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
    }

    private void run(Optional<String> device, boolean apply, Map<String, String> environment)
            throws IOException, InterruptedException {
        run(fleet.access(), device, apply, environment);
    }

    private void run(FleetAccess access, Optional<String> device, boolean apply, Map<String, String> environment)
            throws IOException, InterruptedException {
        fleet.api.forgetRequests();
        Variables.run(
                fleet.project(),
                access,
                new Variables.Request(fleet.robot.file("balena-env.yml"), device, apply, environment),
                fleet.surroundings(),
                fleet::print);
    }

    @Test
    void theDifferenceIsShownAndThenSet() throws Exception {
        Map<String, String> secrets = Map.of("MAP_TOKEN", "hidden-value");

        run(Optional.empty(), false, secrets);

        assertThat(fleet.writes()).isEmpty();
        assertThat(fleet.printed())
                .containsExactly(
                        "fleet acme/courier",
                        "  + ROS_DOMAIN_ID = \"7\"",
                        "  + talker: LOG_LEVEL = \"info\"",
                        "  + talker: MAP_TOKEN (secret)",
                        "  + BALENA_HOST_CONFIG_gpu_mem = \"64\"",
                        "  of each device its own: ROBOT_NAME; -Ddevice=UUID shows them for one",
                        "nothing was changed; -Drosbalena.apply does it");

        run(Optional.empty(), true, secrets);

        assertThat(fleet.writes())
                .containsExactly(
                        "POST /v7/application_environment_variable {\"application\":1,\"name\":\"ROS_DOMAIN_ID\",\"value\":\"7\"}",
                        "POST /v7/service_environment_variable {\"service\":1,\"name\":\"LOG_LEVEL\",\"value\":\"info\"}",
                        "POST /v7/service_environment_variable {\"service\":1,\"name\":\"MAP_TOKEN\",\"value\":\"hidden-value\"}",
                        "POST /v7/application_config_variable {\"application\":1,\"name\":\"BALENA_HOST_CONFIG_gpu_mem\",\"value\":\"64\"}");
        assertThat(String.join("\n", fleet.printed())).endsWith("restart").doesNotContain("hidden-value");

        run(Optional.empty(), true, secrets);

        assertThat(fleet.writes()).isEmpty();
        assertThat(fleet.printed().get(0)).isEqualTo("fleet acme/courier is as the file says");
    }

    @Test
    void valuesAreChangedAndUnknownVariablesLeftAlone() throws Exception {
        fleet.api.add(
                "application_environment_variable",
                Map.of("application", fleet.fleet, "name", "ROS_DOMAIN_ID", "value", "3"));
        fleet.api.add(
                "application_environment_variable",
                Map.of("application", fleet.fleet, "name", "OLD", "value", "somebody's"));
        fleet.api.add(
                "service_environment_variable", Map.of("service", 1, "name", "MAP_TOKEN", "value", "the old secret"));

        run(Optional.empty(), true, Map.of("MAP_TOKEN", "the new secret"));

        assertThat(fleet.writes())
                .contains(
                        "PATCH /v7/application_environment_variable?$filter=application eq 1 and name eq 'ROS_DOMAIN_ID'"
                                + " {\"value\":\"7\"}",
                        "PATCH /v7/service_environment_variable?$filter=service eq 1 and name eq 'MAP_TOKEN'"
                                + " {\"value\":\"the new secret\"}")
                .noneMatch(line -> line.contains("OLD"));
        assertThat(fleet.printed())
                .contains(
                        "  ~ ROS_DOMAIN_ID: \"3\" becomes \"7\"",
                        "  ~ talker: MAP_TOKEN gets another value (secret)",
                        "  ? OLD is set on the server and not in the file; it is left alone")
                .noneMatch(line -> line.contains("the old") || line.contains("the new") || line.contains("somebody"));
    }

    @Test
    void aSecretWithoutValueStaysAsTheServerHasIt() throws Exception {
        run(Optional.empty(), true, Map.of());
        assertThat(fleet.robot.said()).anyMatch(line -> line.contains("RB648 MAP_TOKEN has no value here"));
        fleet.api.add("service_environment_variable", Map.of("service", 1, "name", "MAP_TOKEN", "value", "there"));

        run(Optional.empty(), true, Map.of());

        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void aDeviceGetsItsOwn() throws Exception {
        fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");
        fleet.robot.write(".env", "ROBOT_NAME=from-file\n");

        run(Optional.of("happy-surf"), true, Map.of("ROBOT_NAME", "r2"));

        assertThat(fleet.writes())
                .containsExactly(
                        "POST /v7/device_environment_variable {\"device\":1,\"name\":\"ROBOT_NAME\",\"value\":\"r2\"}");
        assertThat(fleet.printed()).startsWith("device happy-surf (be8cd34)", "  + ROBOT_NAME = \"r2\"");

        run(Optional.of("be8cd34"), false, Map.of());

        assertThat(fleet.printed()).contains("  ~ ROBOT_NAME: \"r2\" becomes \"from-file\"");
    }

    @Test
    void aVariableOfAServiceOnADeviceHangsOnItsInstallation() throws Exception {
        long device = fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");
        fleet.api.add("service_install", Map.of("device", device, "installs__service", 1));
        fleet.robot.write("balena-env.yml", """
                variables:
                  - {name: CAMERA, scope: device, services: [talker], default: /dev/video0}
                """);

        run(Optional.of(FleetOfTests.UUID), true, Map.of());

        assertThat(fleet.writes())
                .containsExactly("POST /v7/device_service_environment_variable"
                        + " {\"service_install\":1,\"name\":\"CAMERA\",\"value\":\"/dev/video0\"}");
    }

    @Test
    void allThatIsWrongWithTheFileIsToldAtOnceAndNobodyIsAsked() throws IOException {
        fleet.robot.write("balena-env.yml", """
                variables:
                  - name: 1ST
                    default: a
                  - name: BALENA
                    default: a
                  - name: PASSWORD
                    secret: true
                    default: s3cret-in-git
                  - name: SPEED
                    type: integer
                    default: fast
                  - name: NOTHING
                  - name: BALENA_HOST_CONFIG_x
                    services: [talker]
                    default: a
                  - name: TWICE
                    default: a
                  - name: TWICE
                    default: b
                    colour: red
                """);

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> run(Optional.empty(), true, Map.of()))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(
                                "balena-env.yml:2:5: error RB642 \"1ST\" is no name",
                                "balena-env.yml:4:5: error RB642 balena keeps the name BALENA for itself",
                                "error RB643 PASSWORD is secret",
                                "error RB641 SPEED wants an integer",
                                "error RB641 NOTHING has no value",
                                "error RB642 BALENA_HOST_CONFIG_x configures the device",
                                "error RB641 TWICE is described twice",
                                "error RB641 variables have no colour")
                        .doesNotContain("s3cret"));
        assertThat(fleet.api.requests()).isEmpty();
    }

    @Test
    void whatTheServerSaysOfConfigurationIsHeard() throws IOException {
        fleet.robot.write("balena-env.yml", """
                variables:
                  - {name: RESIN_SUPERVISOR_POLL_INTERVAL, default: 5}
                  - {name: BALENA_RESTART, default: 1}
                  - {name: BALENA_SUPERVISOR_UNHEARD, default: 1}
                """);

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> run(Optional.empty(), true, Map.of()))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(
                                "RB641 RESIN_SUPERVISOR_POLL_INTERVAL wants an integer from 600000 to 86400000",
                                "RB642 the server keeps BALENA_RESTART for itself",
                                "warning RB644 the server does not list BALENA_SUPERVISOR_UNHEARD"));
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void servicesAndDevicesThatAreNotThereAreTold() throws IOException {
        fleet.robot.write("balena-env.yml", "variables: [{name: A, default: 1, services: [listener]}]");
        refused("RB647 fleet acme/courier has no service listener", () -> run(Optional.empty(), true, Map.of()));
        refused("RB645 there is no device happy", () -> run(Optional.of("happy"), true, Map.of()));
        fleet.api.device(fleet.fleet, FleetOfTests.UUID, "twin");
        fleet.api.device(fleet.fleet, "c" + FleetOfTests.UUID.substring(1), "twin");
        refused("RB646 2 devices are called twin", () -> run(Optional.of("twin"), true, Map.of()));
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void aBadTokenIsToldBeforeAnEmptyFleet() {
        fleet.withToken("wrong");
        refused("RB603 balena does not take the token", () -> run(Optional.empty(), true, Map.of()));
        fleet.withToken("0123456789abcdef0123456789abcdef");
        refused(
                "RB609 there is no fleet acme/other",
                () -> run(fleet.access("acme/other"), Optional.empty(), true, Map.of()));
        fleet.api.fleet("beta/courier", "raspberrypi4-64");
        refused(
                "RB610 several fleets have the name courier",
                () -> run(fleet.access("courier"), Optional.empty(), true, Map.of()));
    }

    @Test
    void aLostAnswerSetsNothingTwice() throws Exception {
        fleet.robot.write("balena-env.yml", "variables: [{name: A, default: 1}]");
        fleet.api.plan((method, path, earlier) ->
                method.equals("POST") && earlier == 0 ? Fault.of(Fault.Kind.CUT_AFTER) : Fault.NONE);

        run(Optional.empty(), true, Map.of());

        assertThat(fleet.writes()).hasSize(1);
        assertThat(fleet.api.rows("application_environment_variable")).hasSize(1);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refused(String text, Work work) {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(work::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(text));
    }
}
