package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published port or range of ports.
 *
 * @param address IPv4 address of the host; empty for all
 * @param hostFrom first port of the host
 * @param hostTo last port of the host
 * @param from first port of the container
 * @param to last port of the container
 * @param protocol {@code tcp} or {@code udp}
 */
public record PortMapping(String address, int hostFrom, int hostTo, int from, int to, String protocol) {
    private static final Pattern SHORT = Pattern.compile(
            "(?:(?:([0-9]{1,3}(?:\\.[0-9]{1,3}){3}):)?(?:([0-9]{1,5})(?:-([0-9]{1,5}))?)?:)?([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp))?");

    static final FieldType TYPE = (field, node, reading) -> {
        TreeSet<String> ports = new TreeSet<>();
        List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            Optional<PortMapping> port = Optional.empty();
            if (item instanceof YamlMap map) {
                port = longForm(map, reading);
            } else if (item instanceof YamlScalar scalar) {
                port = parse(scalar.text());
            }
            if (port.isEmpty()) {
                reading.wrong(
                        item,
                        "a port",
                        "[address:][host:]container[/udp], ports 1 to 65535, an IPv4 address",
                        "\"8080:80\"");
            }
            port.ifPresent(mapping -> ports.add(mapping.print()));
        }
        return Optional.of(FieldValue.texts(ports));
    };

    public PortMapping {
        if (from < 1 || to < from || to > 65535 || hostFrom < 1 || hostTo < hostFrom || hostTo > 65535) {
            throw new IllegalArgumentException("ports out of range");
        }
        if (to - from != hostTo - hostFrom) {
            throw new IllegalArgumentException("ranges of different length");
        }
    }

    /** Reads the short form; empty if it is none. Without a host port it is the container's, as the Supervisor has it. */
    public static Optional<PortMapping> parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int from = Integer.parseInt(matcher.group(4));
        int to = matcher.group(5) == null ? from : Integer.parseInt(matcher.group(5));
        int hostFrom = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        int hostTo = matcher.group(3) != null
                ? Integer.parseInt(matcher.group(3))
                : matcher.group(2) == null ? to : hostFrom;
        String protocol = matcher.group(6) == null ? "tcp" : matcher.group(6);
        try {
            String address = matcher.group(1) == null ? "" : matcher.group(1);
            return Optional.of(new PortMapping(address, hostFrom, hostTo, from, to, protocol));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PortMapping> longForm(YamlMap map, Reading reading) {
        StringBuilder text = new StringBuilder();
        member(map, "host_ip").ifPresent(address -> text.append(address).append(':'));
        member(map, "published").ifPresent(port -> text.append(port).append(':'));
        member(map, "target").ifPresent(text::append);
        member(map, "protocol").ifPresent(protocol -> text.append('/').append(protocol));
        map.members().forEach((key, member) -> {
            if (List.of("name", "app_protocol", "mode").contains(key)) {
                reading.report(
                        ComposeRule.DROPPED_FIELD,
                        member.key(),
                        key + " of a port has no effect on balena",
                        "remove it");
            } else if (!List.of("host_ip", "published", "target", "protocol").contains(key)) {
                reading.report(
                        ComposeRule.UNKNOWN_FIELD,
                        member.key(),
                        "a port has no field " + key,
                        "its fields are target, published, host_ip and protocol");
            }
        });
        return parse(text.toString());
    }

    private static Optional<String> member(YamlMap map, String name) {
        return map.find(name)
                .filter(node -> node instanceof YamlScalar scalar && !scalar.isNull())
                .map(node -> ((YamlScalar) node).text());
    }

    /** Whether both want the same port of the host. */
    public boolean collides(PortMapping other) {
        return protocol.equals(other.protocol)
                && hostFrom <= other.hostTo
                && other.hostFrom <= hostTo
                && (isEveryAddress() || other.isEveryAddress() || address.equals(other.address));
    }

    private boolean isEveryAddress() {
        return address.isEmpty() || address.equals("0.0.0.0");
    }

    /** The short form: {@code 8080:80}, {@code 127.0.0.1:5000-5010:5000-5010/udp}. */
    public String print() {
        return (address.isEmpty() ? "" : address + ":")
                + range(hostFrom, hostTo)
                + ":"
                + range(from, to)
                + (protocol.equals("tcp") ? "" : "/" + protocol);
    }

    private static String range(int from, int to) {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
