package io.rosbalena.device.scan;

import io.rosbalena.json.Json;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.HttpClients;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knocks at the ports of balenaOS. Nothing that answers is believed further than a word of it is shown. */
public final class Probe {
    private static final int LARGEST = 1 << 16;
    private static final int LONGEST = 40;
    private static final int LOST = 1000;

    private final Ports ports;
    private final HttpExchange http;

    /**
     * Where the services of a device listen.
     *
     * @param ssh of the host
     * @param engine without a password, in development mode alone
     * @param supervisor without a key in local mode alone
     */
    public record Ports(int ssh, int engine, int supervisor) {
        /** Those of balenaOS. */
        public static final Ports BALENA_OS = new Ports(DeviceBrowser.SSH, 2375, 48_484);
    }

    /** @param settings of the network; its proxies are not for devices */
    public Probe(Ports ports, TransferSettings settings) {
        this.ports = ports;
        TransferSettings direct = settings.withProxies(List.of())
                .withPatience(new TransferSettings.Patience(
                        1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(LOST), Duration.ofSeconds(2)));
        this.http = new HttpExchange(HttpClients.create(direct), direct);
    }

    /** What is at an address; empty if nothing listens that belongs to a device. */
    public Optional<FoundDevice> at(Announcement announced) {
        Inet4Address address = announced.address();
        boolean ssh = listens(address, ports.ssh());
        boolean open = listens(address, ports.engine());
        if (!ssh && !open) {
            return Optional.empty();
        }
        Optional<String> engine = open ? engine(address) : Optional.empty();
        boolean supervisor = listens(address, ports.supervisor())
                && text(address, ports.supervisor(), "/ping")
                        .filter("OK"::equals)
                        .isPresent();
        return Optional.of(new FoundDevice(announced.name(), address, ssh, engine, supervisor));
    }

    private static boolean listens(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), LOST);
            return true;
        } catch (IOException e) {
            // Nothing there, or nothing that answers in time: that is what was asked.
            return false;
        }
    }

    private Optional<String> engine(Inet4Address address) {
        return text(address, ports.engine(), "/_ping")
                .filter("OK"::equals)
                .flatMap(ping -> text(address, ports.engine(), "/version"))
                .map(Probe::version);
    }

    private static String version(String answer) {
        String version;
        try {
            version = Json.parse(answer.getBytes(StandardCharsets.UTF_8))
                    .get("Version")
                    .string();
        } catch (IOException e) {
            // An engine that pings is one, whatever it says of itself.
            version = "?";
        }
        String safe = version.replaceAll("[^A-Za-z0-9._+-]", "?");
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
    }

    private Optional<String> text(Inet4Address address, int port, String path) {
        URI uri = URI.create("http://" + address.getHostAddress() + ":" + port + path);
        try (Answer answer = http.send(uri, HttpRequest.newBuilder(uri))) {
            String body = new String(Bounded.read(answer.body(), LARGEST, uri), StandardCharsets.UTF_8);
            return answer.status() == 200 ? Optional.of(body.strip()) : Optional.empty();
        } catch (IOException e) {
            // Something else listens there.
            return Optional.empty();
        }
    }
}
