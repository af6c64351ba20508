package io.rosbalena.lint.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.HardwareWord;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.DeviceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stands in the manifest for words of hardware. */
class HardwareDefaultsTest {
    private static ComposeModel parse(String text) {
        Findings findings = new Findings();
        ComposeModel model =
                ComposeFile.parse("docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), Map.of(), findings);
        assertThat(findings.hasErrors()).as(findings.all().toString()).isFalse();
        return model;
    }

    private static List<DeviceType> types(String... slugs) {
        return Arrays.stream(slugs)
                .map(slug -> DeviceType.find(slug).orElseThrow())
                .toList();
    }

    /** The lines of the service {@code a}, with these fields, in the manifest. */
    private static List<String> emitted(String fields, String... slugs) {
        ComposeModel model = parse("services:\n  a:\n    image: x:1\n" + fields.indent(4) + "networks: {lan: {}}\n");
        byte[] bytes = ManifestEmitter.emit(HardwareDefaults.apply(model, Set.of(), types(slugs)), Map.of("a", "i"));
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.matches("version: .*|services:|a:|image: .*|networks:|lan:.*|\"?restart.*"))
                .toList();
    }

    @Test
    void aBusIsItsDeviceOnTheBoardThatHasIt() {
        assertThat(emitted("x-rosbalena: {hardware: [i2c, spi]}", "raspberrypi4-64", "raspberrypi5"))
                .containsExactly(
                        "devices:",
                        "- /dev/i2c-1:/dev/i2c-1",
                        "- /dev/spidev0.0:/dev/spidev0.0",
                        "- /dev/spidev0.1:/dev/spidev0.1");
        assertThat(emitted("x-rosbalena: {hardware: [i2c]}", "raspberrypi4-64", "jetson-nano"))
                .isEmpty();
        assertThat(emitted("x-rosbalena: {hardware: [i2c]}")).isEmpty();
    }

    @Test
    void onlyAPlainUserNeedsTheGroup() {
        assertThat(emitted("x-rosbalena: {hardware: [camera]}"))
                .containsExactly("devices:", "- /dev/video0:/dev/video0");
        assertThat(emitted("x-rosbalena: {hardware: [camera, serial]}\nuser: \"1000\"\ndevices: [/dev/ttyACM0]"))
                .containsExactly(
                        "devices:",
                        "- /dev/ttyACM0:/dev/ttyACM0",
                        "- /dev/video0:/dev/video0",
                        "group_add:",
                        "- \"20\"",
                        "- \"44\"",
                        "user: \"1000\"");
    }

    @Test
    void whatTheServiceSaysItselfStays() {
        assertThat(emitted("x-rosbalena: {hardware: [camera]}\ndevices: [/dev/video2]"))
                .containsExactly("devices:", "- /dev/video2:/dev/video2");
        assertThat(emitted("x-rosbalena: {hardware: [gpu]}\nlabels: {io.balena.features.gpu: \"0\"}", "jetson-nano"))
                .containsExactly("labels:", "io.balena.features.gpu: \"0\"");
        assertThat(emitted("x-rosbalena: {hardware: [can]}\nnetworks: [lan]"))
                .contains("- NET_ADMIN")
                .doesNotContain("network_mode: host");
        assertThat(emitted("x-rosbalena: {hardware: [camera, can]}\nprivileged: true"))
                .containsExactly("network_mode: host", "privileged: true");
    }

    @Test
    void aBusOfTheNetworkNeedsTheHostsNetwork() {
        assertThat(emitted("x-rosbalena: {hardware: [can]}"))
                .containsExactly("cap_add:", "- NET_ADMIN", "network_mode: host");
    }

    @Test
    void theGraphicsProcessorOfAJetsonIsALabel() {
        assertThat(emitted("x-rosbalena: {hardware: [gpu]}", "jetson-nano", "jetson-xavier"))
                .containsExactly("labels:", "io.balena.features.gpu: \"1\"");
        assertThat(emitted("x-rosbalena: {hardware: [gpu]}", "generic-amd64")).isEmpty();
    }

    /** Words of the whole robot are about services that run ROS nodes, and a peer of unicast keeps its name. */
    @Test
    void wordsOfTheRobotReachItsRosServicesAlone() {
        ComposeModel model = parse("""
                x-rosbalena: {hardware: [audio, can], dds: unicast}
                services:
                  node: {build: .}
                  database: {image: "x:1"}
                """);
        ComposeModel with = HardwareDefaults.apply(model, Set.of("node"), List.of());

        assertThat(with.service("node").texts("devices")).containsExactly("/dev/snd:/dev/snd");
        assertThat(with.service("node").text("network_mode")).isEmpty();
        assertThat(with.service("database")).isEqualTo(model.service("database"));
    }

    @Test
    void eachRowHasAWordDeviceTypesAndItsSource() throws IOException {
        List<String> rows;
        try (InputStream in = DeviceType.class.getResourceAsStream("hardware-access.tsv")) {
            rows = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }

        assertThat(rows).isSorted().allSatisfy(row -> {
            String[] fields = row.split("\t", -1);
            assertThat(fields).hasSize(8);
            assertThat(HardwareWord.find(fields[0])).isPresent();
            assertThat(fields[1].split(","))
                    .allSatisfy(type -> assertThat(
                                    type.equals("*") || DeviceType.find(type).isPresent())
                            .as(type)
                            .isTrue());
            assertThat(fields[7]).matches("https://[^ ]+( https://[^ ]+)*");
        });
        assertThat(rows.stream().map(row -> row.split("\t", -1)[0])).containsAll(HardwareWord.words());
    }
}
