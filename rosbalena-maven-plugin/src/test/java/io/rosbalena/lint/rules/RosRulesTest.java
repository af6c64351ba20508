package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.FieldValue;
import io.rosbalena.finding.Findings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about what ROS makes of a manifest. */
class RosRulesTest {
    private static Linted two(String first, String second) {
        return Linted.of("services:\n  a:\n    build: .\n" + first.indent(4) + "  b:\n    build: .\n" + second.indent(4)
                        + "volumes: {data: {}}\nnetworks: {lan: {}}\n")
                .packages("a", "a_node")
                .packages("b", "b_node");
    }

    private static Linted onHost(String first, String second) {
        return two("network_mode: host\nipc: host\n" + first, "network_mode: host\nipc: host\n" + second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"networks: [lan]", "ports: [\"80:80\"]", "network_mode: bridge", "network_mode: none"})
    void multicastDoesNotLeaveANetwork(String network) {
        assertThat(two("network_mode: host\nipc: host", network).found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:8:5: error RB150 service b: DDS finds other nodes by multicast");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "networks: [lan]", "network_mode: bridge"})
    void multicastWithinABridgeIsNotToBeReliedOn(String network) {
        assertThat(two(network, network).found()).hasSize(2).allMatch(line -> line.contains("warning RB170"));
    }

    @Test
    void whoSharesTheNetworkOfAnotherServiceIsWhereThatIs() {
        assertThat(two("network_mode: host\nipc: host", "network_mode: \"service:a\"")
                        .found())
                .isEmpty();
        assertThat(two("networks: [lan]", "network_mode: \"service:a\"").found())
                .hasSize(2)
                .allMatch(line -> line.contains("warning RB170"));
    }

    @Test
    void differentBridgesAreDifferentNetworks() {
        assertThat(two("networks: [lan]", "networks: [default]").found())
                .hasSize(2)
                .allMatch(line -> line.contains("error RB150"));
        assertThat(two("networks: [lan]", "networks: [lan, default]").found())
                .hasSize(2)
                .allMatch(line -> line.contains("warning RB170"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CYCLONEDDS_URI: file:///ros2_ws/dds.xml",
                "FASTRTPS_DEFAULT_PROFILES_FILE: /ros2_ws/dds.xml",
                "ROS_STATIC_PEERS: a",
                "ROS_DISCOVERY_SERVER: \"a:11811\"",
                "RMW_IMPLEMENTATION: rmw_zenoh_cpp"
            })
    void whereThePeersAreNamedNoMulticastIsNeeded(String variable) {
        assertThat(two(
                                "networks: [lan]\nenvironment: {" + variable + "}",
                                "networks: [lan]\nenvironment: {" + variable + "}")
                        .found())
                .noneMatch(line -> line.contains("RB150") || line.contains("RB170"));
    }

    @Test
    void oneRosServiceAndOneOfAnotherKindNeedNoDiscovery() {
        Linted linted = Linted.of("services:\n  a: {build: ., networks: [lan]}\n"
                + "  web: {image: nginx, networks: [lan]}\nnetworks: {lan: {}}\n");

        assertThat(linted.packages("a", "node").found()).isEmpty();
    }

    @Test
    void theStrategyUnicastNeedsNoMulticast() {
        Linted linted = Linted.of("x-rosbalena: {dds: unicast}\nservices:\n  a: {build: ., networks: [lan]}\n"
                + "  b: {build: ., networks: [lan]}\nnetworks: {lan: {}}\n");

        assertThat(linted.packages("a", "one").packages("b", "two").found()).isEmpty();
    }

    @Test
    void withUnicastNobodyIsOnTheHostsNetwork() {
        Linted linted = Linted.of("x-rosbalena: {dds: unicast}\nservices:\n"
                + "  a: {build: ., network_mode: host, ipc: host}\n  b: {build: .}\n");

        assertThat(linted.packages("a", "one").packages("b", "two").found())
                .singleElement()
                .asString()
                .contains("error RB169 service a");
    }

    @Test
    void finishedImagesAreNotSetUpForUnicast() {
        Linted linted = Linted.of("x-rosbalena: {dds: unicast}\nservices:\n  a: {build: .}\n"
                + "  b: {image: x, environment: {ROS_DOMAIN_ID: \"0\"}}\n");

        assertThat(linted.packages("a", "one").found())
                .singleElement()
                .asString()
                .contains("warning RB170 service b")
                .contains("dds: unicast sets up no finished image");
    }

    @Test
    void aMiddlewareThatTakesPeersFromNoVariableIsNotSetUpForUnicast() {
        Linted linted = Linted.of(
                "x-rosbalena: {dds: unicast, rmw: rmw_connextdds}\n" + "services:\n  a: {build: .}\n  b: {build: .}\n");

        assertThat(linted.distro("humble")
                        .debian("a", "ros-humble-rmw-connextdds")
                        .packages("b", "two")
                        .found())
                .singleElement()
                .asString()
                .contains("error RB150 service a")
                .contains("take rmw_cyclonedds_cpp or rmw_fastrtps_cpp");
    }

    @Test
    void fastDdsOnTheHostsNetworkNeedsTheHostsMemory() {
        Linted linted = two("network_mode: host", "network_mode: host\nipc: host");

        assertThat(linted.found())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:4:5: warning RB151 service a: Fast DDS")
                .endsWith("write ipc: host");
        assertThat(linted.distro("humble")
                        .debian("a", "ros-humble-rmw-fastrtps-cpp")
                        .found())
                .anyMatch(line -> line.contains("RB151"));
        assertThat(linted.distro("humble")
                        .debian("a", "ros-humble-rmw-cyclonedds-cpp")
                        .found())
                .noneMatch(line -> line.contains("RB151"));
    }

    @Test
    void whoIsAloneWithFastDdsNeedsNoMemoryOfTheHost() {
        assertThat(two("network_mode: host", "network_mode: host\nenvironment: {RMW_IMPLEMENTATION: rmw_zenoh_cpp}")
                        .found())
                .noneMatch(line -> line.contains("RB151"));
    }

    @Test
    void withoutSharedMemoryItDoesNot() {
        assertThat(two(
                                "network_mode: host\nenvironment: {FASTDDS_BUILTIN_TRANSPORTS: UDPv4}",
                                "network_mode: host\nipc: host")
                        .found())
                .isEmpty();
    }

    @Test
    void aMiddlewareThatIsAskedForMustBeThere() {
        Linted linted = onHost("environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}", "")
                .distro("jazzy");

        assertThat(linted.found()).isEmpty();
        assertThat(linted.debian("a", "ros-jazzy-rmw-fastrtps-cpp").found())
                .singleElement()
                .asString()
                .contains("error RB152 service a: its image has no rmw_cyclonedds_cpp")
                .contains("x-rosbalena: {apt: [ros-jazzy-rmw-cyclonedds-cpp]}");
        assertThat(linted.debian("a", "ros-jazzy-rmw-fastrtps-cpp", "ros-jazzy-rmw-cyclonedds-cpp")
                        .found())
                .isEmpty();
    }

    @Test
    void amisspeltMiddlewareNamesTheOneThatIsMeant() {
        assertThat(onHost("environment: {RMW_IMPLEMENTATION: rmw_cyclondds_cpp}", "")
                        .distro("humble")
                        .debian("a", "ros-humble-rmw-cyclonedds-cpp")
                        .found())
                .singleElement()
                .asString()
                .contains("RB152")
                .contains("did you mean rmw_cyclonedds_cpp?");
    }

    @Test
    void aMiddlewareOfTheWorkspaceIsThere() {
        assertThat(onHost("environment: {RMW_IMPLEMENTATION: rmw_own}", "")
                        .packages("a", "rmw_own")
                        .found())
                .isEmpty();
    }

    @Test
    void allServicesSpeakTheSameMiddleware() {
        assertThat(onHost(
                                "environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}",
                                "environment: {RMW_IMPLEMENTATION: rmw_fastrtps_cpp}")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB153 service b: it uses rmw_fastrtps_cpp, and a uses rmw_cyclonedds_cpp");
        assertThat(onHost("environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}", "")
                        .distro("humble")
                        .debian("b", "ros-humble-rmw-fastrtps-cpp")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB153 service b");
        assertThat(onHost(
                                "environment: {RMW_IMPLEMENTATION: rmw_fastrtps_dynamic_cpp}",
                                "environment: {RMW_IMPLEMENTATION: rmw_fastrtps_cpp}")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"233, error RB155", "-1, error RB155", "seven, error RB155", "102, warning RB148", "232, warning RB148"
    })
    void aDomainHasPortsThatAreFree(String domain, String told) {
        assertThat(Linted.service("environment: {ROS_DOMAIN_ID: \"" + domain + "\"}")
                        .found())
                .singleElement()
                .asString()
                .contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "101", ""})
    void smallDomainsAreTaken(String domain) {
        assertThat(Linted.service("environment: {ROS_DOMAIN_ID: \"" + domain + "\"}")
                        .found())
                .isEmpty();
    }

    @Test
    void aRobotIsInOneDomain() {
        assertThat(onHost("environment: {ROS_DOMAIN_ID: \"7\"}", "environment: {ROS_DOMAIN_ID: \"8\"}")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB154 service b: it is in domain 8, and a in 7");
        assertThat(onHost("", "environment: {ROS_DOMAIN_ID: \"8\"}").found())
                .singleElement()
                .asString()
                .contains("warning RB154 service a: it is in domain 0, and b in 8");
        assertThat(onHost("", "environment: {ROS_DOMAIN_ID: \"0\"}").found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jazzy | ROS_LOCALHOST_ONLY: \"1\" | write ROS_AUTOMATIC_DISCOVERY_RANGE: LOCALHOST",
                "jazzy | ROS_LOCALHOST_ONLY: \"0\" | write ROS_AUTOMATIC_DISCOVERY_RANGE: SUBNET",
                "humble | ROS_AUTOMATIC_DISCOVERY_RANGE: LOCALHOST | Humble does not listen",
                "humble | ROS_STATIC_PEERS: a;b | Humble does not listen",
                "kilted | ROS_AUTOMATIC_DISCOVERY_RANGE: localhost | cannot be localhost"
            })
    void variablesOfDiscoveryBelongToADistribution(String distro, String variable, String told) {
        assertThat(Linted.service("environment: {" + variable + "}")
                        .distro(distro)
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB156")
                .contains(told);
    }

    @Test
    void zenohListensToNoneOfThem() {
        assertThat(Linted.service("environment: {RMW_IMPLEMENTATION: rmw_zenoh_cpp, ROS_STATIC_PEERS: a}")
                        .distro("kilted")
                        .found())
                .singleElement()
                .asString()
                .contains("rmw_zenoh_cpp does not listen to ROS_STATIC_PEERS");
    }

    @Test
    void variablesThatTheDistributionKnowsAreLeftAlone() {
        assertThat(Linted.service("environment: {ROS_LOCALHOST_ONLY: \"1\"}")
                        .distro("humble")
                        .found())
                .isEmpty();
        assertThat(Linted.service("environment: {ROS_AUTOMATIC_DISCOVERY_RANGE: LOCALHOST}")
                        .distro("jazzy")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command: ros2 launch a b.launch.py / stop_signal: SIGTERM | ends on SIGINT, not on SIGTERM",
                "command: [bash, -c, \"source /opt/ros/humble/setup.bash && ros2 launch a b\"] | write exec before ros2"
            })
    void launchedNodesAreInterruptedNotKilled(String fields, String told) {
        assertThat(Linted.service(fields.replace(" / ", "\n")).found())
                .singleElement()
                .asString()
                .contains("warning RB157")
                .contains(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command: ros2 launch a b.launch.py",
                "command: ros2 launch a b.launch.py\nstop_signal: SIGINT",
                "command: [bash, -c, \"source /opt/ros/humble/setup.bash && exec ros2 launch a b\"]",
                "command: [/ros2_ws/install/a/lib/a/node]\nstop_signal: SIGTERM"
            })
    void whatEndsAsItShouldIsLeftAlone(String fields) {
        assertThat(Linted.service(fields).found()).isEmpty();
    }

    @Test
    void aFinishedImageMayAskForAnotherSignal() {
        assertThat(Linted.of("services:\n  a: {image: \"ros:humble\", command: ros2 launch a b.launch.py}\n")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB157")
                .contains("stop_signal: SIGINT");
    }

    @Test
    void aRecordingNeedsTimeAndAVolume() {
        List<String> found = Linted.service("command: ros2 bag record -a").found();

        assertThat(found)
                .hasSize(2)
                .anyMatch(line -> line.contains("warning RB158") && line.contains("stop_grace_period"))
                .anyMatch(line -> line.contains("warning RB159") && line.contains("--output /data/bag"));
        assertThat(Linted.service("command: ros2 bag record -a -o /data/bag\nvolumes: [\"data:/data\"]\n"
                                + "stop_grace_period: 1m")
                        .found())
                .isEmpty();
        assertThat(Linted.service("command: ros2 bag record -a --output=/data/bag\nvolumes: [\"data:/databases\"]\n"
                                + "stop_grace_period: 1m")
                        .found())
                .singleElement()
                .asString()
                .contains("RB159");
        assertThat(Linted.service("command: ros2 bag record -a -o bag\nvolumes: [\"data:/bags\"]\n"
                                + "working_dir: /bags\nstop_grace_period: 1m")
                        .found())
                .isEmpty();
    }

    @Test
    void logsDoNotWearTheDevicesFlash() {
        assertThat(Linted.service("environment: {ROS_LOG_DIR: /var/log/ros}").found())
                .singleElement()
                .asString()
                .contains("warning RB159 service a: ROS_LOG_DIR /var/log/ros");
        assertThat(Linted.service("environment: {ROS_LOG_DIR: /var/log/ros}\ntmpfs: [/var/log]")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PYTHONUNBUFFERED: \"\"", "RCUTILS_LOGGING_BUFFERED_STREAM: \"1\""})
    void outputIsSeenWhenItIsPrinted(String variable) {
        assertThat(Linted.service("environment: {" + variable + "}").found())
                .singleElement()
                .asString()
                .contains("warning RB160");
    }

    @Test
    void withoutMulticastCycloneDdsCountsProcesses() {
        String profile = "<CycloneDDS><Domain><General><AllowMulticast>false</AllowMulticast></General>%s</Domain>"
                + "</CycloneDDS>";

        assertThat(Linted.service("environment:\n  CYCLONEDDS_URI: \"" + profile.formatted("") + "\"")
                        .found())
                .singleElement()
                .asString()
                .contains("warning RB161");
        assertThat(Linted.service("environment:\n  CYCLONEDDS_URI: \""
                                + profile.formatted(
                                        "<Discovery><MaxAutoParticipantIndex>50</MaxAutoParticipantIndex></Discovery>")
                                + "\"")
                        .found())
                .isEmpty();
    }

    /** What a workspace without compose file records and logs is on its volume, wherever its own rule looks. */
    @Test
    void withoutAComposeFileLogsAndBagsAreOnTheVolume() {
        ComposeModel recording = ComposeModel.withoutFile()
                .map(main -> main.with("command", FieldValue.texts(List.of("ros2", "bag", "record", "-a"))));
        Findings findings = new Findings();
        ManifestRules.check(
                new RobotView(recording, List.of(), List.of(), Optional.empty(), Map.of(), Set.of(), Optional.empty()),
                findings);
        assertThat(findings.all()).noneMatch(finding -> finding.id().equals("RB159"));
        assertThat(Linted.service("command: [ros2, bag, record, -a]\nvolumes: [\"data:/data\"]")
                        .found())
                .anyMatch(line -> line.contains("RB159"));
    }
}
