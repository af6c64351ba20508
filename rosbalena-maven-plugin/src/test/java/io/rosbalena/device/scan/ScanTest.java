package io.rosbalena.device.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.LocalServer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices on the loopback: JmDNS announces them, small servers answer in their place. */
class ScanTest {
    private static final Inet4Address HERE = Ipv4.address(0x7f000001);
    private static final NetworkPort LOOPBACK = new NetworkPort(HERE, 8);

    @Test
    void aDeviceThatAnnouncesItselfIsFoundWithWhatItOffers() throws Exception {
        try (ServerSocket ssh = socket();
                LocalServer engine = answers(Map.of("/_ping", "OK", "/version", "{\"Version\":\"20.10.44\"}"));
                LocalServer supervisor = answers(Map.of("/ping", "OK"));
                JmDNS device = JmDNS.create(HERE, "1a2b3c4")) {
            device.registerService(
                    ServiceInfo.create("_ssh._tcp.local.", "1a2b3c4", "_balena-device", 22, 0, 0, "a=b"));
            device.registerService(ServiceInfo.create("_http._tcp.local.", "printer", 80, "a=b"));

            List<FoundDevice> found =
                    scan(ssh, engine.port(), supervisor.port()).announced(List.of(LOOPBACK), Duration.ofSeconds(6));

            assertThat(found)
                    .containsExactly(
                            new FoundDevice(Optional.of("1a2b3c4.local"), HERE, true, Optional.of("20.10.44"), true));
            assertThat(found.get(0).isInDevelopmentMode()).isTrue();
        }
    }

    @Test
    void aDeviceInProductionModeHasNoEngine() throws Exception {
        try (ServerSocket ssh = socket()) {
            FoundDevice found = at(ssh, closed(), closed()).get(0);

            assertThat(found.ssh()).isTrue();
            assertThat(found.engine()).isEmpty();
            assertThat(found.isInDevelopmentMode()).isFalse();
        }
    }

    @Test
    void whatLiesAtThePortsIsNotBelieved() throws Exception {
        String flood = "OK" + "x".repeat(1 << 17);
        try (ServerSocket ssh = socket();
                LocalServer evil = answers(Map.of(
                        "/_ping", "OK", "/version", "{\"Version\":\"\\u001b[31mred" + "r".repeat(1000) + "\"}"));
                LocalServer large = answers(Map.of("/_ping", flood, "/ping", flood));
                LocalServer odd = answers(Map.of("/_ping", "OK", "/version", "[]"))) {
            assertThat(at(ssh, evil.port(), large.port()).get(0).engine().orElseThrow())
                    .startsWith("??31mredrrr")
                    .hasSize(41);
            assertThat(at(ssh, large.port(), large.port()).get(0))
                    .isEqualTo(new FoundDevice(Optional.empty(), HERE, true, Optional.empty(), false));
            assertThat(at(ssh, odd.port(), closed()).get(0).engine()).hasValue("?");
        }
    }

    @Test
    void anAddressAtWhichNothingListensIsNoDevice() throws Exception {
        try (ServerSocket ssh = socket()) {
            ssh.close();
            assertThat(at(ssh, closed(), closed())).isEmpty();
        }
    }

    @Test
    void anAnnouncedNameIsShownWithoutWhatATerminalActsOn() {
        assertThat(new Announcement(Optional.of("\u001b]0;x\u0007rover\n.local"), HERE).name())
                .hasValue("??0?x?rover?.local");
        assertThat(new Announcement(Optional.of("a".repeat(5000)), HERE).name().orElseThrow())
                .hasSize(64);
    }

    @Test
    void anAnswerLeadsToNoOtherNetwork() {
        NetworkPort home = new NetworkPort(Ipv4.address(0xc0a80102), 24);
        assertThat(home.reaches(Ipv4.address(0xc0a801fe))).isTrue();
        assertThat(home.reaches(Ipv4.address(0xc0a80202))).isFalse();
        assertThat(home.reaches(Ipv4.address(0x08080808))).isFalse();
    }

    @Test
    void aNetworkThatCannotBeListenedToIsToldWhereThereIsNoOther() throws Exception {
        try (ServerSocket ssh = socket()) {
            Scan scan = scan(ssh, closed(), closed());
            NetworkPort elsewhere = new NetworkPort(Ipv4.address(0xc6336407), 24);
            for (List<NetworkPort> none : List.of(List.of(elsewhere), List.<NetworkPort>of())) {
                assertThatThrownBy(() -> scan.announced(none, Duration.ofMillis(1)))
                        .isInstanceOf(FindingException.class)
                        .hasMessageContaining("RB689");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 1, 192.168.1.5, 192.168.1.5",
        "192.168.1.77/24, 254, 192.168.1.1, 192.168.1.254",
        "10.0.0.0/30, 2, 10.0.0.1, 10.0.0.2",
        "169.254.9.9/31, 2, 169.254.9.8, 169.254.9.9"
    })
    void addressesAreCountedAsNetworksCountThem(String text, int count, String first, String last) {
        List<Announcement> all = AddressRange.parse(text).all();
        assertThat(all).hasSize(count);
        assertThat(all.get(0).address().getHostAddress()).isEqualTo(first);
        assertThat(all.get(count - 1).address().getHostAddress()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "10.0.0.0/8",
                "192.168.0.0/23",
                "rover.local",
                "192.168.1.256",
                "1.2.3",
                "10.0.0.1/x",
                "172.32.0.1",
                "192.168.1.0/24/2",
                "",
                "10.0.0.1/33",
                "::1"
            })
    void whatIsNoSmallPrivateNetworkIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB688");
    }

    private static Scan scan(ServerSocket ssh, int engine, int supervisor) {
        return new Scan(
                new Probe(new Probe.Ports(ssh.getLocalPort(), engine, supervisor), TransferSettings.standard()));
    }

    private static List<FoundDevice> at(ServerSocket ssh, int engine, int supervisor)
            throws IOException, InterruptedException {
        return scan(ssh, engine, supervisor).at(List.of(Announcement.of(HERE)));
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A port at which nothing listens. */
    private static int closed() throws IOException {
        try (ServerSocket socket = socket()) {
            return socket.getLocalPort();
        }
    }

    /** A server with a fixed answer for each path. */
    private static LocalServer answers(Map<String, String> answers) throws IOException {
        return new LocalServer(exchange -> {
            String body = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
            LocalServer.answer(exchange, body.isEmpty() ? 404 : 200, body.getBytes(StandardCharsets.UTF_8));
        });
    }
}
