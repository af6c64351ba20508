package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about the device, its Supervisor, and what is published. */
class BalenaRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpuset: \"0-4\" | error RB130 service a: cpuset 0-4 names a processor that raspberrypi4-64 does not have",
                "cpuset: \"4\" | error RB130",
                "cpu_quota: 500000 | warning RB146 service a: cpu_quota 500000 is more than the 4 processors of",
                "mem_limit: 9g | warning RB131 service a: mem_limit 9g is more than raspberrypi4-64 has: 8g",
                "mem_reservation: 8193m | warning RB131"
            })
    void whatADeviceTypeDoesNotHaveIsTold(String field, String told) {
        assertThat(Linted.service(field).deviceTypes("raspberrypi4-64").found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:4:5: " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpuset: \"0-3\"", "cpuset: \"1,3\"", "cpu_quota: 400000", "mem_limit: 8g"})
    void whatItHasIsNot(String field) {
        assertThat(Linted.service(field).deviceTypes("raspberrypi4-64").found()).isEmpty();
    }

    @Test
    void ofATypeThatIsNotInTheTableNothingIsSaid() {
        assertThat(Linted.service("cpuset: \"0-63\"\nmem_limit: 500g")
                        .deviceTypes("generic-amd64")
                        .found())
                .isEmpty();
    }

    @Test
    void theSmallestOfSeveralTypesCounts() {
        assertThat(Linted.service("mem_limit: 2g")
                        .deviceTypes("raspberrypi4-64", "raspberrypi3-64")
                        .found())
                .singleElement()
                .asString()
                .contains("raspberrypi3-64 has: 1g");
    }

    @Test
    void reservationsAreCountedTogether() {
        Linted both =
                Linted.of("services:\n  a: {build: ., mem_reservation: 5g}\n  b: {build: ., mem_reservation: 4g}\n");

        assertThat(both.deviceTypes("raspberrypi4-64").found())
                .singleElement()
                .asString()
                .contains("RB131")
                .contains("reserve 9g together");
        assertThat(both.deviceTypes("raspberrypi5").found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ros2 param set /camera rate 5",
                "ros2 lifecycle set /map activate",
                "ros2 service call /reset std_srvs/srv/Trigger",
                "ros2 topic pub --once /go std_msgs/msg/Empty",
                "ros2 topic pub -1 /go std_msgs/msg/Empty",
                "ros2 control load_controller arm"
            })
    void aCommandThatEndsIsNotStartedAgainAndAgain(String command) {
        assertThat(Linted.service("command: " + command).found())
                .singleElement()
                .asString()
                .contains("warning RB132")
                .contains("restart: on-failure");
        assertThat(Linted.service("command: " + command + "\nrestart: always").found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:5:5: warning RB132");
        assertThat(Linted.service("command: " + command + "\nrestart: \"no\"").found())
                .isEmpty();
        assertThat(Linted.service("command: " + command + "\nrestart: on-failure:3")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ros2 launch a b.launch.py",
                "ros2 run a node",
                "ros2 topic pub /go std_msgs/msg/Empty",
                "ros2 topic echo /go",
                "python3 -m http.server"
            })
    void otherCommandsMayRunForever(String command) {
        assertThat(Linted.service("command: " + command).found()).isEmpty();
    }

    @Test
    void nobodyWaitsForACommandThatEnds() {
        assertThat(Linted.of("services:\n  a: {build: ., command: ros2 param set /a b c, restart: \"no\"}\n"
                                + "  b: {build: ., depends_on: [a], network_mode: host, ipc: host}\n")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB147 service b: it does not wait until a is done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.balena.features.dbuss: \"1\" | error RB133 | did you mean io.balena.features.dbus?",
                "io.balena.features.gpu: \"yes\" | error RB133 | neither yes nor no",
                "io.balena.features.gpu: \"\" | error RB133 | an empty value",
                "io.balena.private.hash: x | error RB133 | balena's own",
                "io.balena.features.requires.sw.superviser: \">=14\" | error RB133 | requires.sw.supervisor?",
                "io.balena.features.requires.hw.device-type: raspberrypi4 | error RB165 | no device type raspberrypi4",
                "io.balena.features.requires.hw.device-type: intel-nuc | error RB165 | not among",
                "io.balena.features.requires.arch.sw: amd64 | error RB165 | raspberrypi4-64 is aarch64",
                "io.balena.features.requires.sw.linux: \">=5\" | warning RB166 | 17.4.2",
                "io.balena.update.strategy: handover | error RB136 | did you mean hand-over?",
                "io.balena.update.handover-timeout: soon | error RB136 | milliseconds",
                "io.balena.update.handover-timeout: \"5000\" | warning RB138 | nobody waits",
                "io.balena.update.strategy: delete-then-download | warning RB137 | whole download",
                "io.balena.update.strategy: hand-over | note RB149 | /tmp/balena/handover-complete"
            })
    void labelsAreTyped(String label, String told, String sentence) {
        assertThat(Linted.service("labels:\n  " + label)
                        .deviceTypes("raspberrypi4-64")
                        .found())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("docker-compose.yml:5:7: " + told)
                        .contains(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.balena.features.gpu: \"1\"",
                "io.balena.features.journal-logs: \"true\"",
                "io.balena.features.dbus: \"0\"",
                "io.balena.features.optional: \"1\"",
                "io.balena.features.requires.hw.device-type: raspberrypi4-64",
                "io.balena.features.requires.arch.sw: aarch64",
                "io.balena.features.requires.sw.supervisor: \">=14\"",
                "io.balena.update.strategy: download-then-kill",
                "com.example.owner: team"
            })
    void labelsThatAreRightAreLeftAlone(String label) {
        assertThat(Linted.service("labels:\n  " + label)
                        .deviceTypes("raspberrypi4-64")
                        .found())
                .isEmpty();
    }

    @Test
    void aRequirementOfTheSystemWithOneOfTheSupervisorIsSafe() {
        assertThat(Linted.service("labels:\n  io.balena.features.requires.sw.balena-os: \">=5\"\n"
                                + "  io.balena.features.requires.sw.supervisor: \">=17.4.2\"")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "balena-socket",
                "dbus",
                "sysfs",
                "procfs",
                "kernel-modules",
                "firmware",
                "supervisor-api",
                "balena-api",
                "resin-api"
            })
    void featuresThatGiveAwayTheDeviceAreMeantOrRefused(String feature) {
        String label = "io.balena.features." + feature;

        assertThat(Linted.service("labels: {" + label + ": \"1\"}").found())
                .singleElement()
                .asString()
                .contains("error RB134")
                .contains("<accept>" + label + "</accept>");
        assertThat(Linted.service("labels: {" + label + ": \"1\"}")
                        .accepting(label)
                        .found())
                .isEmpty();
        assertThat(Linted.service("labels: {" + label + ": \"1\"}")
                        .accepting("a:" + label)
                        .found())
                .isEmpty();
    }

    @Test
    void theOldPrefixIsReadAsTheNewOne() {
        assertThat(Linted.service("labels: {io.resin.features.dbus: \"1\"}").found())
                .singleElement()
                .asString()
                .contains("RB134");
    }

    @Test
    void anAcceptanceThatNobodyNeedsIsTold() {
        assertThat(Linted.service("labels: {io.balena.features.dbus: \"1\"}")
                        .accepting("b:io.balena.features.dbus")
                        .found())
                .hasSize(2)
                .anyMatch(line -> line.contains("RB134"))
                .anyMatch(line -> line.startsWith("pom.xml: warning RB145 accept names b:io.balena.features.dbus"));
    }

    @ParameterizedTest
    @CsvSource({"privileged: true, privileged", "cap_add: [SYS_ADMIN], SYS_ADMIN", "cap_add: [ALL], ALL"})
    void wideRightsAreWarnedOf(String field, String word) {
        assertThat(Linted.service(field).found()).singleElement().asString().contains("warning RB135");
        assertThat(Linted.service(field).accepting(word).found()).isEmpty();
    }

    @Test
    void narrowRightsAreNot() {
        assertThat(Linted.service("cap_add: [SYS_NICE, NET_RAW]\ndevices: [/dev/i2c-1]")
                        .found())
                .isEmpty();
    }

    @Test
    void duringAHandOverPortsAndDevicesAreHadByOne() {
        assertThat(Linted.service("labels: {io.balena.update.strategy: hand-over}\nports: [\"80:80\"]\n"
                                + "devices: [/dev/i2c-1]")
                        .found())
                .anyMatch(line -> line.contains("warning RB138") && line.contains("port"))
                .anyMatch(line -> line.contains("warning RB138") && line.contains("/dev/i2c-1"));
    }

    @Test
    void anUpdateLockHoldsEverybody() {
        assertThat(Linted.service("command: lockfile /tmp/balena/updates.lock").found())
                .singleElement()
                .asString()
                .contains("note RB139")
                .contains("no service of the robot");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WIFI_PASSWORD: correct-horse | warning RB140 | correct-horse",
                "AWS_SECRET_ACCESS_KEY: abcdefghij | warning RB140 | abcdefghij",
                "API_KEY: k1234567 | warning RB140 | k1234567",
                "CAMERA_URL: rtsp://admin:hunter2@10.0.0.5/ | warning RB140 | hunter2",
                "UPLOADER: AKIAABCDEFGHIJKLMNOP | error RB141 | AKIAABCDEFGHIJKLMNOP",
                "DEPLOY: ghp_abcdefghijklmnopqrstuvwxyz0123456789 | error RB141 | ghp_",
                "SSH: \"-----BEGIN OPENSSH PRIVATE KEY-----\" | error RB141 | BEGIN"
            })
    void secretsAreToldAndNeverShown(String variable, String told, String value) {
        assertThat(Linted.service("environment:\n  " + variable).found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:5:7: " + told)
                .doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WIFI_PASSWORD: \"\"",
                "TOKEN_FILE: /data/token",
                "USE_TOKEN: \"true\"",
                "TOKENIZER: words",
                "MONKEY: banana",
                "KEYBOARD: de",
                "PASSWORDLESS: often",
                "SERVER: http://10.0.0.5:8080/"
            })
    void whatOnlySoundsLikeOneIsNot(String variable) {
        assertThat(Linted.service("environment:\n  " + variable).found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balenalib/raspberrypi4-64-ubuntu:jammy | warning RB142 | no updates since 2025",
                "osrf/ros:humble-desktop | error RB143 | use ros:humble-ros-base",
                "balenalib/%%BALENA_MACHINE_NAME%%-ubuntu | error RB144 | write balenalib/raspberrypi4-64-ubuntu"
            })
    void imagesThatShouldNotBeTakenAreTold(String image, String told, String advice) {
        Linted linted = Linted.of("services:\n  a:\n    image: " + image + "\n").deviceTypes("raspberrypi4-64");

        assertThat(linted.found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:3:5: " + told)
                .contains(advice);
        assertThat(Linted.service("tty: true")
                        .deviceTypes("raspberrypi4-64")
                        .from(image)
                        .found())
                .singleElement()
                .asString()
                .startsWith("pom.xml: " + told);
    }

    @Test
    void desktopsAreForAmd64() {
        assertThat(Linted.of("services:\n  a:\n    image: osrf/ros:humble-desktop\n")
                        .deviceTypes("intel-nuc")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network_mode: host / sysctls: {net.ipv4.ip_forward: \"1\"} | its network is the host's",
                "networks: [lan] / sysctls: {net.core.rmem_max: \"8388608\"} | once for all",
                "ipc: host / sysctls: {kernel.shmmax: \"1\"} | its shared memory is the host's",
                "tty: true / sysctls: {vm.swappiness: \"1\"} | once for all"
            })
    void settingsOfTheKernelThatNoContainerHasAreErrors(String fields, String why) {
        assertThat(Linted.service(fields.replace(" / ", "\n")).found())
                .singleElement()
                .asString()
                .contains("error RB162")
                .contains(why);
    }

    @Test
    void settingsOfTheContainersOwnNetworkAreTaken() {
        assertThat(Linted.service("networks: [lan]\nsysctls: {net.ipv4.ip_forward: \"1\", kernel.shmmax: \"1\"}")
                        .found())
                .isEmpty();
    }

    @Test
    void aPlainUserNeedsTheNumberOfTheDevicesGroup() {
        assertThat(Linted.service("user: robot\ndevices: [/dev/ttyS0]\ngroup_add: [dialout]")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB163 service a: its user robot");
        assertThat(Linted.service("user: robot\ndevices: [/dev/ttyS0]\ngroup_add: [\"20\"]")
                        .found())
                .isEmpty();
        assertThat(Linted.service("user: \"0:0\"\ndevices: [/dev/ttyS0]").found())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/ttyUSB0", "/dev/ttyACM1", "/dev/video0", "/dev/input/event3", "/dev/bus/usb/001/002"})
    void devicesThatArePluggedInAreNoted(String device) {
        assertThat(Linted.service("devices: [" + device + "]").found())
                .singleElement()
                .asString()
                .contains("note RB164")
                .contains(device);
    }
}
