package io.rosbalena.robot.desk;

import io.rosbalena.device.scan.AddressRange;
import io.rosbalena.device.scan.FoundDevice;
import io.rosbalena.device.scan.NetworkPort;
import io.rosbalena.device.scan.Probe;
import io.rosbalena.device.scan.Scan;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looking for devices in the networks of this machine. */
public final class Scanning {
    /** JmDNS first makes sure of a name for itself, which takes two seconds; the rest is for answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private Scanning() {}

    /**
     * Looks for devices, and says what is there.
     *
     * @param addresses where to look in place of listening: an IPv4 address, or a network of 256 at most
     * @return the lines to print
     * @throws FindingException RB688 if these are none of a private network, RB689 if nothing can be listened to
     */
    public static List<String> scan(Optional<String> addresses, Surroundings surroundings)
            throws IOException, InterruptedException {
        Scan scan = new Scan(new Probe(Probe.Ports.BALENA_OS, surroundings.network()));
        if (addresses.isPresent()) {
            AddressRange range = AddressRange.parse(addresses.get());
            return lines(scan.at(range.all()));
        }
        List<NetworkPort> networks = NetworkPort.all();
        surroundings
                .console()
                .message(networks.size()
                        + (networks.size() == 1 ? " network to listen in: " : " networks to listen in: ")
                        + String.join(
                                ", ",
                                networks.stream()
                                        .map(one -> one.address().getHostAddress() + "/" + one.prefix())
                                        .toList()));
        return lines(scan.announced(networks, PATIENCE));
    }

    static List<String> lines(List<FoundDevice> devices) {
        List<String> lines = new ArrayList<>();
        List<FoundDevice> ready =
                devices.stream().filter(FoundDevice::isInDevelopmentMode).toList();
        for (FoundDevice device : ready) {
            lines.add(
                    line(device) + "engine " + device.engine().orElse("?") + ", Supervisor: mvn rosbalena:dev -Ddevice="
                            + device.address().getHostAddress());
        }
        for (FoundDevice device : devices) {
            if (!ready.contains(device)) {
                lines.add(line(device) + what(device));
            }
        }
        if (devices.isEmpty()) {
            lines.add("no device found");
        }
        if (ready.isEmpty()) {
            lines.add("only devices in development mode can be used without a fleet; where multicast does not arrive,"
                    + " name the device or its network: -Ddevice=192.168.1.0/24");
        }
        return lines;
    }

    private static String line(FoundDevice device) {
        return device.address().getHostAddress()
                + device.name().map(name -> " (" + name + ")").orElse("") + ": ";
    }

    private static String what(FoundDevice device) {
        if (device.engine().isPresent()) {
            return "engine " + device.engine().get() + ", but no Supervisor: no balenaOS, or it is starting";
        }
        return device.ssh()
                ? "in production mode: its SSH server answers, its engine is closed"
                : "something listens at the engine's port that is no engine";
    }
}
