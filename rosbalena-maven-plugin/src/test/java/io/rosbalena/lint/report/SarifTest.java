package io.rosbalena.lint.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SarifTest {
    private static final List<Finding> FINDINGS = List.of(
            Finding.error("RB134", "with dbus it reboots")
                    .fix("remove it")
                    .at("my robot/docker-compose.yml", 4, 14)
                    .inService("talker"),
            Finding.note("RB107", "was a mount").at("/elsewhere/a.yml", 2),
            Finding.warning("RB134", "without a place").inPackage("demo"));

    @Test
    void placesAreThoseThatEditorsOpen() throws IOException {
        JsonValue log = Json.parse(Sarif.write(FINDINGS));

        assertThat(log.toString()).contains("2.1.0");
        assertThat(new String(Sarif.write(FINDINGS), StandardCharsets.UTF_8))
                .contains("\"uri\": \"my%20robot/docker-compose.yml\"", "\"uriBaseId\": \"%SRCROOT%\"")
                .contains("\"startLine\": 4", "\"startColumn\": 14")
                .contains("\"text\": \"service talker: with dbus it reboots\\nremove it\"")
                .contains("\"level\": \"error\"", "\"level\": \"note\"", "\"level\": \"warning\"")
                .contains("\"text\": \"package demo: without a place\"")
                .containsOnlyOnce("\"id\": \"RB134\"");
    }
}
