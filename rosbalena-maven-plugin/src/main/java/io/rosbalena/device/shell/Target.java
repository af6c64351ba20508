package io.rosbalena.device.shell;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An SSH server behind which a device's host is.
 *
 * @param user to log in as
 * @param host a name or an address
 * @param port of the server
 * @param prefix words before a command that the server's own program reads, such as {@code host UUID} of balena's proxy;
 *     none where the server is the device
 */
public record Target(String user, String host, int port, List<String> prefix) {
    /** Where balenaOS has its SSH server. */
    private static final int DEVICE = 22_222;

    /** No word of ssh's own: it would take what begins with a hyphen for an option. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:%-]*");

    public Target {
        prefix = List.copyOf(prefix);
    }

    /**
     * A device in this network.
     *
     * @throws FindingException RB690 if that is no name and no address
     */
    public static Target device(String host) {
        return device(host, DEVICE);
    }

    /** The same with another port. */
    public static Target device(String host, int port) {
        if (!NAME.matcher(host).matches()) {
            throw FindingException.input(
                    Finding.error("RB690", "\"" + host + "\" is no name and no address of a device")
                            .fix("-Ddevice=192.168.1.5, or the name that mvn rosbalena:scan shows"));
        }
        return new Target("root", host, port, List.of());
    }
}
