package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareRulesTest {
    private static Linted service(String hardware, String fields) {
        return Linted.service("x-rosbalena: {hardware: [" + hardware + "]}\n" + fields);
    }

    @Test
    void whatAWordBecomesIsTold() {
        assertThat(service("i2c, camera", "").deviceTypes("raspberrypi4-64").found())
                .containsExactly("docker-compose.yml:4:19: note RB192 service a: hardware camera, i2c becomes devices:"
                        + " /dev/video0; devices: /dev/i2c-1\n"
                        + "    nothing to do; what the service says itself stays as it is");
        assertThat(service("camera", "user: \"1000\"").found().get(0)).contains("; group_add: 44");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "serial | none | at which port serial is, nobody but you knows | /dev/ttyACM0:/dev/ttyACM0",
                "imu-usb | raspberrypi5 | at which port imu-usb is, nobody but you knows | /dev/ttyUSB0",
                "i2c | none | depends on the device type, and none is given | <deviceTypes>",
                "i2c | jetson-nano | which device i2c is on jetson-nano is not known | /dev/i2c-1:/dev/i2c-1",
                "gpio | raspberrypi4-64 raspberrypi5 | on raspberrypi4-64, raspberrypi5 is not known, or not the same | devices:",
                "gpu | generic-amd64 | which device gpu is on generic-amd64 | /dev/dri"
            })
    void whereAWordSaysTooLittleIsTold(String word, String types, String told, String fix) {
        String[] slugs = types == null ? new String[0] : types.split(" ", -1);
        assertThat(service(word, "").deviceTypes(slugs).found())
                .singleElement()
                .asString()
                .contains("warning RB193 service a: ", told, fix);
        // What the service names itself is enough, and so is everything.
        String device =
                io.rosbalena.compose.HardwareWord.find(word).orElseThrow().example();
        assertThat(service(word, "devices: [" + device + "]").deviceTypes(slugs).found())
                .noneMatch(line -> line.contains("RB193"));
        assertThat(service(word, "privileged: true").deviceTypes(slugs).found())
                .noneMatch(line -> line.contains("RB193"));
    }

    @Test
    void aNetworkOfItsOwnHasNoBus() {
        assertThat(service("can", "networks: [lan]").found())
                .anyMatch(line -> line.contains("warning RB193 service a: can is reached through the host's network"));
        assertThat(service("can", "network_mode: host").found()).noneMatch(line -> line.contains("RB193"));
    }

    @Test
    void everythingIsMoreThanAWordNeeds() {
        assertThat(service("camera", "privileged: true").found())
                .singleElement()
                .asString()
                .contains(
                        "docker-compose.yml:5:5: warning RB194 service a: privileged gives the service the whole device,"
                                + " and its hardware needs no more than devices: /dev/video0",
                        "The ladder of access, least first: devices: for one device, cap_add:");
        assertThat(service("camera", "privileged: true")
                        .accepting("a:privileged")
                        .found())
                .isEmpty();
    }

    @Test
    void anUnknownWordIsRefusedWithTheNearest() {
        Findings findings = new Findings();
        ComposeFile.parse("docker-compose.yml", """
                        x-rosbalena: {hardware: [lidar]}
                        services:
                          a:
                            build: .
                            x-rosbalena:
                              hardware:
                                - camera
                                - camra
                        """.getBytes(StandardCharsets.UTF_8), Map.of(), findings);
        assertThat(findings.all().stream().map(finding -> finding.print()))
                .containsExactly(
                        "docker-compose.yml:1:26: error RB191 there is no hardware lidar\n"
                                + "    hardware is audio, camera, can, gpio, gpu, i2c, imu-usb, serial, spi; what has no word,"
                                + " name under devices:",
                        "docker-compose.yml:8:11: error RB191 service a: there is no hardware camra\n"
                                + "    did you mean camera?");
    }
}
