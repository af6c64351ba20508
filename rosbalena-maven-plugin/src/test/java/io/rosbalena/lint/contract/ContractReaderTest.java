package io.rosbalena.lint.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.DeviceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractReaderTest {
    private static final String HEAD = "name: courier\ntype: sw.application\n";
    private final Findings findings = new Findings();

    private Optional<ReleaseContract> read(String text) {
        return ContractReader.read(
                "balena.yml",
                text.getBytes(StandardCharsets.UTF_8),
                new BuiltFor(List.of(DeviceType.find("raspberrypi5").orElseThrow()), List.of("linux/arm64")),
                findings);
    }

    private List<String> found() {
        return findings.all().stream().map(Finding::print).toList();
    }

    @Test
    void theSameMeaningGivesTheSameBytes() {
        ReleaseContract one = read("""
                version: 1.2.3-beta.1+build.5
                type: "sw.application"
                name: courier
                joinable: false
                description: >
                  Brings things
                data:
                  applicationEnvironmentVariables:
                    - ROS_DOMAIN_ID: 42
                    - LOG: true
                    - EMPTY:
                  applicationConfigVariables: [{RESIN_HOST_CONFIG_gpu_mem: "16"}]
                  supportedDeviceTypes: [raspberrypi5, raspberrypi4-64]
                  defaultDeviceType: raspberrypi5
                """).orElseThrow();

        assertThat(found()).isEmpty();
        assertThat(one.version()).contains("1.2.3-beta.1+build.5");
        assertThat(new String(one.bytes(), StandardCharsets.UTF_8).strip()).isEqualTo("""
                {"data":{"applicationConfigVariables":[{"RESIN_HOST_CONFIG_gpu_mem":"16"}],"applicationEnvironmentVariables":[\
                {"ROS_DOMAIN_ID":"42"},{"LOG":"true"},{"EMPTY":""}],"defaultDeviceType":"raspberrypi5","supportedDeviceTypes":\
                ["raspberrypi5","raspberrypi4-64"]},"description":"Brings things\\n","joinable":false,"name":"courier","type":\
                "sw.application","version":"1.2.3-beta.1+build.5"}""");
        ReleaseContract other = read("""
                {name: courier, type: sw.application, joinable: false, version: "1.2.3-beta.1+build.5", assets: ~,
                 description: "Brings things\\n", data: {defaultDeviceType: raspberrypi5,
                 supportedDeviceTypes: [raspberrypi5, raspberrypi4-64], applicationConfigVariables:
                 {RESIN_HOST_CONFIG_gpu_mem: 16}, applicationEnvironmentVariables:
                 [{ROS_DOMAIN_ID: "42", LOG: "true", EMPTY: ""}]}}
                """).orElseThrow();
        assertThat(other.bytes()).isEqualTo(one.bytes());
    }

    @Test
    void whatBalenaRefusesIsAnErrorAtItsLine() {
        read("""
                type: sw.service
                version: 1.2
                data:
                  applicationEnvironmentVariables:
                    - 1ST: a
                    - BALENA_HOST_X: a
                    - API_KEY=hunter2hunter2
                  applicationConfigVariables:
                    - SPEED: 3
                  supportedDeviceTypes: [raspberypi5]
                """);

        assertThat(found())
                .anyMatch(line -> line.startsWith("balena.yml:1:1: error RB183 a release's contract needs a name"))
                .anyMatch(line -> line.startsWith("balena.yml:1:7: error RB183") && line.contains("sw.service"))
                .anyMatch(line -> line.startsWith("balena.yml:2:10: error RB183") && line.contains("semver"))
                .anyMatch(line -> line.startsWith("balena.yml:5:7: error RB185"))
                .anyMatch(line ->
                        line.startsWith("balena.yml:6:7: error RB185") && line.contains("applicationConfigVariables"))
                .anyMatch(line -> line.startsWith("balena.yml:7:7: error RB183"))
                .anyMatch(line -> line.startsWith("balena.yml:9:7: error RB185")
                        && line.contains("applicationEnvironmentVariables"))
                .anyMatch(line -> line.startsWith("balena.yml:10:26: error RB186"))
                .hasSize(8)
                .noneMatch(line -> line.contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2", "01.2.3", "1.2.3-01", "1.2.3-", "v1.2.3", "1.2.3.4", "1.2.3-a..b", "[1]"})
    void thatIsNoVersion(String version) {
        read(HEAD + "version: " + version + "\n");

        assertThat(found()).singleElement().asString().contains("RB183");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0", "1.2.3-0", "1.2.3-0a", "1.2.3-a.1", "1.2.3+001", "10.20.30-x-y-z.--+a.b"})
    void thatIsOne(String version) {
        read(HEAD + "version: " + version + "\n");

        assertThat(found()).isEmpty();
    }

    @Test
    void whatIsNotDocumentedIsToldAndPassedOn() {
        ReleaseContract contract =
                read(HEAD + "desciption: x\ndata: {supportedDevices: [a]}\n").orElseThrow();

        assertThat(found())
                .anyMatch(line ->
                        line.startsWith("balena.yml:3:1: warning RB184") && line.contains("did you mean description?"))
                .anyMatch(line ->
                        line.startsWith("balena.yml:4:8: warning RB184") && line.contains("data.supportedDevices"))
                .hasSize(2);
        assertThat(contract.members()).containsEntry("desciption", "x");
    }

    @Test
    void devicesThatDifferFromThoseOfTheImagesAreTold() {
        read(HEAD + """
                data:
                  supportedDeviceTypes:
                    - intel-nuc
                    - raspberrypi4-64
                  defaultDeviceType: jetson-nano
                """);

        assertThat(found())
                .anyMatch(line -> line.contains("the robot is built for raspberrypi5, which is not among them"))
                .anyMatch(line -> line.startsWith("balena.yml:7:3") && line.contains("jetson-nano is not among"))
                .anyMatch(line -> line.contains("cannot run images for linux/arm64"))
                .allMatch(line -> line.contains("warning RB187"))
                .hasSize(3);
    }

    @Test
    void secretsAreToldWithoutTheirValue() {
        String token = "ghp_" + "a1B2".repeat(9);
        read(HEAD + """
                data:
                  applicationEnvironmentVariables:
                    - UPLOAD: %s
                    - WIFI_PASSWORD: correcthorse
                    - API_TOKEN:
                """.formatted(token));

        assertThat(found())
                .anyMatch(line -> line.startsWith("balena.yml:5:7: error RB141"))
                .anyMatch(line -> line.startsWith("balena.yml:6:7: warning RB140"))
                .hasSize(2)
                .noneMatch(line -> line.contains("ghp_") || line.contains("horse"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "text", "a: [", "name: {a: b}\ntype: sw.block"})
    void whatIsNoContractIsSaid(String text) {
        read(text);

        assertThat(found()).singleElement().asString().contains("error RB1");
    }
}
