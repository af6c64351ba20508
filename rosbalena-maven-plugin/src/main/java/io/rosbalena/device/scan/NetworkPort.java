package io.rosbalena.device.scan;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An IPv4 address of this machine and the network behind it.
 *
 * @param address of this machine
 * @param prefix leading bits that all addresses of the network share
 */
public record NetworkPort(Inet4Address address, int prefix) {
    public NetworkPort {
        if (prefix < 0 || prefix > Integer.SIZE) {
            throw new IllegalArgumentException("no prefix of an IPv4 network: " + prefix);
        }
    }

    /** All through which devices may be reached by multicast. */
    public static List<NetworkPort> all() throws IOException {
        List<NetworkPort> ports = new ArrayList<>();
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!one.isUp() || one.isLoopback() || !one.supportsMulticast()) {
                continue;
            }
            for (InterfaceAddress own : one.getInterfaceAddresses()) {
                if (own.getAddress() instanceof Inet4Address address) {
                    ports.add(new NetworkPort(address, own.getNetworkPrefixLength()));
                }
            }
        }
        return ports;
    }

    /** Whether another address is in the same network: whoever answers must not send us anywhere else. */
    boolean reaches(Inet4Address other) {
        int mask = prefix == 0 ? 0 : -1 << (Integer.SIZE - prefix);
        return (Ipv4.number(other) & mask) == (Ipv4.number(address) & mask);
    }
}
