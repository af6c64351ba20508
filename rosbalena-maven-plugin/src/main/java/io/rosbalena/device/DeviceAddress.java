package io.rosbalena.device;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a device is, as users write it: an IP address, or a name of mDNS, DNS or the hosts file. A name is looked up once,
 * so that everything afterwards goes to one and the same device.
 *
 * @param stated what the user wrote
 * @param address of the device
 */
public record DeviceAddress(String stated, InetAddress address) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[A-Za-z0-9._-]+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

    /** Whether a word can only mean a device in this network, and neither the name nor the UUID of one of a fleet. */
    public static boolean isOne(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return IPV4.matcher(lower).matches()
                || IPV6.matcher(lower).matches()
                || lower.endsWith(".local")
                || lower.equals("localhost");
    }

    /**
     * Looks a device up. Engine and Supervisor listen on IPv4, so that comes first.
     *
     * @throws DeviceException UNREACHABLE if there is none of this name
     */
    public static DeviceAddress resolve(String word) throws IOException {
        if (!isOne(word) && !NAME.matcher(word).matches()) {
            throw unknown(word);
        }
        try {
            InetAddress first = Arrays.stream(InetAddress.getAllByName(word))
                    .min(Comparator.comparing(one -> !(one instanceof Inet4Address)))
                    .orElseThrow(() -> unknown(word));
            return new DeviceAddress(word, first);
        } catch (UnknownHostException e) {
            throw unknown(word);
        }
    }

    private static DeviceException unknown(String word) {
        return new DeviceException(
                DeviceException.Kind.UNREACHABLE,
                "there is no device of the name \"" + word + "\" in this network",
                null);
    }

    /**
     * Whether the address may belong to anybody in the world: it is neither this machine nor private (RFC 1918, RFC 4193)
     * nor of one link (RFC 3927, RFC 4291).
     */
    public boolean isPublic() {
        boolean unique = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !(address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress() || unique);
    }

    /** {@code rover.local (192.168.1.5)}, or the address alone. */
    @Override
    public String toString() {
        String bare = address.getHostAddress();
        return stated.equals(bare) ? bare : stated + " (" + bare + ")";
    }
}
