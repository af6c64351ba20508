package io.rosbalena.device.scan;

import java.net.Inet4Address;
import java.util.Optional;

/**
 * A device as it said that it is there, or an address at which one may be.
 *
 * @param name of the device; it is what the device says, with nothing that a terminal would act on
 * @param address at which it is probed
 */
public record Announcement(Optional<String> name, Inet4Address address) {
    /** Of a label of DNS, see RFC 1035 §2.3.4. */
    private static final int LONGEST = 63;

    public Announcement {
        name = name.map(Announcement::printable).filter(text -> !text.isEmpty());
    }

    /** An address that nobody announced. */
    public static Announcement of(Inet4Address address) {
        return new Announcement(Optional.empty(), address);
    }

    /** Anybody in the network can answer: a name is shown as letters, digits and what else stands in host names. */
    private static String printable(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._-]", "?");
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
    }
}
