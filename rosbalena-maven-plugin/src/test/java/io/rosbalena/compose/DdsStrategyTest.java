package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdsStrategyTest {
    private static final RosImage CYCLONE = RosImage.of(Optional.of("humble"), Set.of("libddsc0debian"));

    private static RosImage image(String distro, String... packages) {
        return RosImage.of(Optional.of(distro), Set.of(packages));
    }

    private static Service a(String dds, String fields, RosImage image) {
        Composed composed = Composed.of("x-rosbalena: {dds: " + dds + "}\nservices:\n  a:\n    build: .\n"
                + fields.indent(4) + "  b: {build: .}\n  web: {image: nginx}\n");
        return RosDefaults.apply(composed.model(), Map.of("a", image, "b", image))
                .service("a");
    }

    @Test
    void unicastNamesTheServicesThatSpeak() {
        Service a = a("unicast", "", CYCLONE);

        assertThat(a.fields()).doesNotContainKeys("network_mode", "ipc");
        assertThat(a.environment())
                .isEqualTo(Map.of(
                        "CYCLONEDDS_URI",
                        "<CycloneDDS><Domain><General><AllowMulticast>false</AllowMulticast></General><Discovery>"
                                + "<ParticipantIndex>auto</ParticipantIndex>"
                                + "<MaxAutoParticipantIndex>32</MaxAutoParticipantIndex>"
                                + "<Peers><Peer address=\"a\"/><Peer address=\"b\"/></Peers></Discovery></Domain>"
                                + "</CycloneDDS>"));
    }

    @ParameterizedTest
    @CsvSource({
        "humble, FASTRTPS_DEFAULT_PROFILES_FILE",
        "jazzy, FASTRTPS_DEFAULT_PROFILES_FILE",
        "kilted, FASTDDS_DEFAULT_PROFILES_FILE"
    })
    void fastDdsHasItsPeersInAProfile(String distro, String variable) {
        Service a = a("unicast", "", image(distro, "ros-" + distro + "-fastrtps"));

        assertThat(a.environment()).isEqualTo(Map.of(variable, "/ros2_ws/dds/unicast.xml"));
        assertThat(a.fields().get("networks").toString()).contains("198.18.213.2");
    }

    @Test
    void servicesHaveAddressesWhereFastDdsNeedsThem() {
        Composed composed = Composed.of("""
                x-rosbalena: {dds: unicast}
                services:
                  c: {build: ., networks: [lan]}
                  a: {build: .}
                  b: {build: ., environment: {FASTRTPS_DEFAULT_PROFILES_FILE: /own.xml}}
                  web: {image: nginx}
                networks: {lan: {}}
                """);
        RosImage fast = image("humble", "ros-humble-fastrtps");
        ComposeModel model = RosDefaults.apply(composed.model(), Map.of("a", fast, "b", fast, "c", fast));

        assertThat(ManifestEmitterTest.emit(model)).contains("""
                networks:
                  dds:
                    ipam:
                      config:
                        - gateway: "198.18.213.1"
                          subnet: "198.18.213.0/24"
                """).contains("""
                    networks:
                      dds:
                        ipv4_address: "198.18.213.4"
                      lan: {}
                """);
        assertThat(model.service("web").fields()).doesNotContainKey("networks");
        assertThat(FastDdsProfile.files(model)).extracting(ImageFile::service).containsExactly("a", "c");
        assertThat(FastDdsProfile.files(model).get(0).content())
                .contains(
                        "<address>198.18.213.2</address>",
                        "<address>198.18.213.3</address>",
                        "<address>198.18.213.4</address>");
    }

    @Test
    void aNetworkOfThatNameGivesTheAddresses() {
        Composed composed = Composed.of("""
                x-rosbalena: {dds: unicast}
                services: {a: {build: .}, b: {build: .}}
                networks: {dds: {ipam: {config: [{subnet: 172.28.7.0/24, gateway: 172.28.7.1}]}}}
                """);
        RosImage fast = image("jazzy", "ros-jazzy-fastrtps");
        ComposeModel model = RosDefaults.apply(composed.model(), Map.of("a", fast, "b", fast));

        assertThat(FastDdsProfile.files(model).get(1).content()).contains("172.28.7.2", "172.28.7.3");
        assertThat(ManifestEmitterTest.emit(model)).doesNotContain("198.18");
    }

    @Test
    void whatTheFileSaysOfNetworksAndAddressesStays() {
        Composed composed = Composed.of("""
                x-rosbalena: {dds: unicast}
                services:
                  a: {build: .}
                  b: {build: ., networks: {dds: {ipv4_address: 172.28.7.2}}}
                networks: {dds: {ipam: {config: [{subnet: 172.28.7.0/24, gateway: 172.28.7.1}]}}}
                """);
        RosImage fast = image("jazzy", "ros-jazzy-fastrtps");
        assertThat(FixedNetwork.addresses(RosDefaults.apply(composed.model(), Map.of("a", fast, "b", fast))))
                .isEqualTo(Map.of("a", "172.28.7.3", "b", "172.28.7.2"));

        Composed other = Composed.of("""
                x-rosbalena: {dds: unicast}
                services: {a: {build: .}, b: {build: .}}
                networks: {dds: {internal: true}}
                """);
        ComposeModel model = RosDefaults.apply(other.model(), Map.of("a", fast, "b", fast));
        assertThat(model.networks().get("dds"))
                .isEqualTo(other.model().networks().get("dds"));
        assertThat(FixedNetwork.addresses(model)).isEqualTo(Map.of("a", "198.18.213.2", "b", "198.18.213.3"));
        assertThat(FastDdsProfile.files(model)).hasSize(2);
    }

    @Test
    void anotherMiddlewareOfANewerDistributionTakesPeersFromAVariable() {
        assertThat(a("unicast", "environment: {RMW_IMPLEMENTATION: rmw_connextdds}", image("jazzy"))
                        .environment())
                .containsEntry("ROS_STATIC_PEERS", "a;b");
        assertThat(a(
                                "unicast",
                                "environment: {RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}",
                                image("jazzy", "ros-jazzy-fastrtps", "ros-jazzy-cyclonedds"))
                        .environment())
                .containsOnlyKeys("CYCLONEDDS_URI", "RMW_IMPLEMENTATION");
        assertThat(a("unicast", "environment: {RMW_IMPLEMENTATION: rmw_zenoh_cpp}", image("kilted"))
                        .environment())
                .containsOnlyKeys("RMW_IMPLEMENTATION");
    }

    @Test
    void loopbackKeepsTheHostsNetworkAndLeavesItByNothing() {
        Service a = a("loopback", "", CYCLONE);

        assertThat(a.text("network_mode")).contains("host");
        assertThat(a.text("ipc")).contains("host");
        assertThat(a.environment().get("CYCLONEDDS_URI"))
                .contains("<NetworkInterface name=\"lo\" multicast=\"false\"/>", "<Peer address=\"localhost\"/>");
    }

    @ParameterizedTest
    @CsvSource({
        "humble, ROS_LOCALHOST_ONLY, 1",
        "jazzy, ROS_AUTOMATIC_DISCOVERY_RANGE, LOCALHOST",
        "lyrical, ROS_AUTOMATIC_DISCOVERY_RANGE, LOCALHOST"
    })
    void loopbackIsAVariableOfTheDistribution(String distro, String variable, String value) {
        assertThat(a("loopback", "", image(distro, "ros-" + distro + "-fastrtps"))
                        .environment())
                .isEqualTo(Map.of(variable, value));
    }

    @Test
    void whatAServiceSaysItselfStays() {
        assertThat(a("unicast", "environment: {CYCLONEDDS_URI: \"file:///own.xml\"}", CYCLONE)
                        .environment())
                .isEqualTo(Map.of("CYCLONEDDS_URI", "file:///own.xml"));
        assertThat(a("host", "", CYCLONE).environment()).isEmpty();
    }

    @Test
    void whoIsOnAnotherNetworkIsNoPeer() {
        Composed composed = Composed.of("""
                x-rosbalena: {dds: unicast}
                services:
                  a: {build: .}
                  b: {build: ., network_mode: none}
                """);

        assertThat(RosDefaults.apply(composed.model(), Map.of("a", CYCLONE, "b", CYCLONE))
                        .service("a")
                        .environment()
                        .get("CYCLONEDDS_URI"))
                .contains("<Peers><Peer address=\"a\"/></Peers>");
    }

    @Test
    void aNameWithAnUnderscoreGetsOneThatIsLookedUp() {
        Composed composed = Composed.of("""
                x-rosbalena: {dds: unicast}
                services:
                  arm_left: {build: .}
                  arm-left: {build: .}
                  base_node: {build: ., networks: {lan: {aliases: [base]}}}
                networks: {lan: {}}
                """);
        ComposeModel model = RosDefaults.apply(
                composed.model(), Map.of("arm_left", CYCLONE, "arm-left", CYCLONE, "base_node", CYCLONE));

        assertThat(model.service("arm-left").fields()).doesNotContainKey("networks");
        assertThat(model.service("arm-left").environment().get("CYCLONEDDS_URI"))
                .contains("<Peer address=\"arm-left\"/><Peer address=\"arm-left-dds\"/><Peer address=\"base-node\"/>");
        assertThat(ManifestEmitterTest.emit(model)).contains("""
                            networks:
                              default:
                                aliases:
                                  - arm-left-dds
                        """).contains("""
                            networks:
                              lan:
                                aliases:
                                  - base
                                  - base-node
                        """);
    }
}
