package io.rosbalena.device.scan;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses as numbers of 32 bits. */
final class Ipv4 {
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int BYTE = 8;
    private static final int MOST = 255;

    private Ipv4() {}

    static int number(Inet4Address address) {
        int number = 0;
        for (byte one : address.getAddress()) {
            number = number << BYTE | one & MOST;
        }
        return number;
    }

    static Inet4Address address(int number) {
        byte[] bytes = new byte[Integer.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number >>> BYTE * (bytes.length - 1 - i));
        }
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads four numbers; no name is looked up. */
    static Optional<Integer> parse(String text) {
        Matcher matcher = DOTTED.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = 0;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            int part = Integer.parseInt(matcher.group(group));
            if (part > MOST) {
                return Optional.empty();
            }
            number = number << BYTE | part;
        }
        return Optional.of(number);
    }
}
