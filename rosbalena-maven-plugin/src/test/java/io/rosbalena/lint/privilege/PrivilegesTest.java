package io.rosbalena.lint.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
    private static Privileges of(String text) {
        return Privileges.of(ComposeFile.parse(
                "docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), Map.of(), new Findings()));
    }

    @Test
    void theWidestOfAServiceStandsFirst() {
        Privileges privileges = of("""
                services:
                  web: {image: nginx, ports: ["8080:80"], volumes: ["data:/data"]}
                  arm:
                    image: arm
                    network_mode: host
                    privileged: true
                    devices: [/dev/ttyUSB0]
                    cap_add: [SYS_NICE, SYS_ADMIN]
                    labels: {io.balena.features.dbus: "1", io.balena.features.gpu: "1", com.example.a: b}
                  quiet: {image: quiet}
                volumes: {data: {}}
                """);

        assertThat(privileges.table())
                .containsExactly(
                        "arm  everything cap_add: SYS_ADMIN",
                        "     everything privileged: true",
                        "     system     io.balena.features.dbus: 1",
                        "     capability cap_add: SYS_NICE",
                        "     device     devices: /dev/ttyUSB0",
                        "     device     io.balena.features.gpu: 1",
                        "     network    network_mode: host",
                        "web  shared     volumes: data:/data",
                        "     network    ports: 8080:80");
    }

    @Test
    void aDifferenceHasOnlyWhatChanged() {
        Privileges before = of("services:\n  a: {image: a, privileged: true}\n  b: {image: b, pid: host}\n");
        Privileges after = of("services:\n  a: {image: a, devices: [/dev/i2c-1]}\n  b: {image: b, pid: host}\n");

        assertThat(after.difference(before))
                .containsExactly("- a  everything privileged: true", "+ a  device     devices: /dev/i2c-1");
        assertThat(after.difference(after)).containsExactly("no service may do more or less than before");
    }

    @Test
    void servicesThatStayInTheirContainersAreNoRows() {
        assertThat(of("services:\n  a: {image: a}\n").table())
                .containsExactly("no service has more than its container");
    }
}
