package io.rosbalena.device.scan;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Addresses of a network in which multicast does not arrive: one, or some that begin with the same bits. They are
 * private, and few.
 *
 * @param first the first address
 * @param count how many, at most {@link #MOST}
 */
public record AddressRange(int first, int count) {
    /** Those of a /24. */
    static final int MOST = 256;

    private static final int SMALLEST_PREFIX = 24;
    private static final int HAVE_BROADCAST = 30;

    /**
     * Reads {@code 192.168.1.5} or {@code 192.168.1.0/24}.
     *
     * @throws FindingException RB688 if it is neither, too large or not private
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        Optional<Integer> address = Ipv4.parse(parts[0]);
        Optional<Integer> prefix = parts.length == 2 ? prefix(parts[1]) : Optional.of(Integer.SIZE);
        if (parts.length > 2 || address.isEmpty() || prefix.isEmpty()) {
            throw refused("\"" + text + "\" is neither an IPv4 address nor a network such as 192.168.1.0/24");
        }
        if (prefix.get() < SMALLEST_PREFIX) {
            throw refused("the network " + text + " has more than " + MOST + " addresses");
        }
        int size = 1 << (Integer.SIZE - prefix.get());
        int first = address.get() & -size;
        if (!isPrivate(Ipv4.address(first)) || !isPrivate(Ipv4.address(first + size - 1))) {
            throw refused(
                    text + " is not in a private network (RFC 1918, RFC 3927), so somebody else's devices are there");
        }
        // The first and the last address of a network belong to no device.
        return prefix.get() <= HAVE_BROADCAST ? new AddressRange(first + 1, size - 2) : new AddressRange(first, size);
    }

    private static Optional<Integer> prefix(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,2}"))
                .map(Integer::parseInt)
                .filter(bits -> bits <= Integer.SIZE);
    }

    private static boolean isPrivate(Inet4Address address) {
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress();
    }

    private static FindingException refused(String message) {
        return FindingException.input(Finding.error("RB688", message)
                .fix("name a device or a part of your own network: -Ddevice=192.168.1.5 or -Ddevice=192.168.1.0/24"));
    }

    /** Each address, as nobody announced it. */
    public List<Announcement> all() {
        return IntStream.range(0, count)
                .mapToObj(i -> Announcement.of(Ipv4.address(first + i)))
                .toList();
    }
}
