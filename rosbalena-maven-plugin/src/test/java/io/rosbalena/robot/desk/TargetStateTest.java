package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.finding.Findings;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The state that a device is given, against what balena's command line gave one. */
class TargetStateTest {
    /** What a Supervisor answered, and what {@code balena push ADDRESS} 22.5.5 then sent it, as recorded. */
    private static final String BEFORE =
            "{\"local\":{\"name\":\"happy-surf\",\"config\":{\"SUPERVISOR_LOCAL_MODE\":\"true\"},\"apps\":{}},"
                    + "\"dependent\":{\"apps\":{},\"devices\":{}}}";

    private static final String RECORDED = "{\"local\":{\"name\":\"happy-surf\","
            + "\"config\":{\"SUPERVISOR_LOCAL_MODE\":\"true\"},\"apps\":{\"1\":{\"name\":\"localapp\","
            + "\"commit\":\"10ca12e1ea5e\",\"releaseId\":\"1\",\"services\":{\"1\":{\"environment\":{\"ROS_DOMAIN_ID\":\"7\"},"
            + "\"labels\":{},\"network_mode\":\"host\",\"command\":null,\"imageId\":1,\"serviceName\":\"talker\",\"serviceId\":1,"
            + "\"image\":\"local_image_talker:latest\",\"running\":true}},\"volumes\":{},"
            + "\"networks\":{\"default\":{\"ipam\":{}}}}}},\"dependent\":{\"apps\":{},\"devices\":{}}}";

    private static JsonValue json(Object value) throws IOException {
        return Json.parse(Json.compact(value));
    }

    private static ComposeModel model(String text) {
        Findings findings = new Findings();
        ComposeModel model =
                ComposeFile.parse("docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    private static JsonValue state(String compose, SortedMap<String, SortedMap<String, String>> variables)
            throws IOException {
        ComposeModel model = model(compose);
        return json(TargetState.of(
                Json.parse(BEFORE.getBytes(StandardCharsets.UTF_8)).members(),
                model,
                LocalNames.of(model.services().keySet()),
                variables));
    }

    /** The differences are meant: numbers by name, labels of images on containers, and no command that is null. */
    @Test
    void itIsWhatTheCommandLineSendsButForWhatIsMeant() throws IOException {
        String number = String.valueOf(LocalNames.of(java.util.List.of("talker"))
                .values()
                .iterator()
                .next()
                .number());
        String meant = RECORDED.replace("\"services\":{\"1\":", "\"services\":{\"" + number + "\":")
                .replace("\"imageId\":1", "\"imageId\":" + number)
                .replace("\"serviceId\":1", "\"serviceId\":" + number)
                .replace("\"command\":null,", "")
                .replace(
                        "\"labels\":{}",
                        "\"labels\":{\"io.resin.local.image\":\"1\",\"io.resin.local.service\":\"talker\"}");

        assertThat(state("""
                        version: "2.4"
                        services:
                          talker:
                            image: x
                            network_mode: host
                            environment: {ROS_DOMAIN_ID: "7"}
                        """, new TreeMap<>())).isEqualTo(Json.parse(meant.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void fieldsKeepTheirTypesAndVariablesWin() throws IOException {
        JsonValue app = state("""
                        version: "2.4"
                        services:
                          arm:
                            image: x
                            command: [run, --fast]
                            privileged: true
                            cpu_shares: 512
                            mem_limit: 64m
                            networks: {inner: {aliases: [arm]}}
                            volumes: ["kept:/data:ro"]
                            depends_on: [leg]
                            environment: {LEVEL: info, KEEP: "1"}
                            labels: {io.balena.features.dbus: "1"}
                          leg: {image: y}
                        networks: {inner: {}}
                        volumes: {kept: {}}
                        """, new TreeMap<>(Map.of("arm", new TreeMap<>(Map.of("LEVEL", "debug", "KEY", "a$b")))))
                .get("local")
                .get("apps")
                .get("1");
        JsonValue arm = app.get("services").members().values().stream()
                .filter(service -> service.toString().contains("serviceName=arm"))
                .findFirst()
                .orElseThrow();

        assertThat(arm.get("command").strings()).containsExactly("run", "--fast");
        assertThat(arm.get("privileged").flag()).isTrue();
        assertThat(arm.get("cpu_shares").number()).isEqualTo(512);
        assertThat(arm.get("volumes").strings()).containsExactly("kept:/data:ro");
        assertThat(arm.get("depends_on").strings()).containsExactly("leg");
        assertThat(arm.get("networks").get("inner").get("aliases").strings()).containsExactly("arm");
        assertThat(arm.get("environment").raw()).isEqualTo(Map.of("LEVEL", "debug", "KEEP", "1", "KEY", "a$b"));
        assertThat(arm.get("labels").members()).containsKeys("io.balena.features.dbus", "io.resin.local.service");
        assertThat(app.get("networks").members()).containsOnlyKeys("default", "inner");
        assertThat(app.get("volumes").members()).containsOnlyKeys("kept");
    }

    @Test
    void aStateWithoutTheDevicesPartIsNotBuiltOn() {
        assertThatThrownBy(() ->
                        TargetState.of(Map.of(), model("services: {a: {image: x}}"), new TreeMap<>(), new TreeMap<>()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("device's own part");
    }
}
