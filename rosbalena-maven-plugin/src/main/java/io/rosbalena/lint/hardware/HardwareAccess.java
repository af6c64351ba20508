package io.rosbalena.lint.hardware;

import io.rosbalena.compose.HardwareWord;
import io.rosbalena.lint.DeviceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The least with which a container uses a kind of hardware. Root needs no group: the engine lets it read what belongs to
 * others.
 *
 * @param devices of the host
 * @param capabilities rights of root
 * @param labels features of balena's
 * @param onHost whether it is reached through the host's network
 * @param group the number of the group that a plain user must be in; its number is the same in Debian and Ubuntu
 */
public record HardwareAccess(
        List<String> devices, List<String> capabilities, List<String> labels, boolean onHost, Optional<String> group) {
    private static final List<Row> TABLE = read();

    public HardwareAccess {
        devices = List.copyOf(devices);
        capabilities = List.copyOf(capabilities);
        labels = List.copyOf(labels);
    }

    private record Row(String word, List<String> types, HardwareAccess access) {
        boolean isFor(DeviceType type) {
            return isForAll() || types.contains(type.slug());
        }

        boolean isForAll() {
            return types.contains("*");
        }
    }

    /** What holds on every one of these device types; empty if they differ, or if one of them is not known. */
    static Optional<HardwareAccess> of(HardwareWord word, List<DeviceType> types) {
        List<Row> rows =
                TABLE.stream().filter(row -> row.word().equals(word.word())).toList();
        if (types.isEmpty()) {
            return rows.stream().filter(Row::isForAll).map(Row::access).findFirst();
        }
        List<Optional<HardwareAccess>> each = types.stream()
                .map(type -> rows.stream()
                        .filter(row -> row.isFor(type))
                        .map(Row::access)
                        .findFirst())
                .distinct()
                .toList();
        return each.size() == 1 ? each.get(0) : Optional.empty();
    }

    /** Whether a service can use it without naming a device of its own. */
    boolean isWhole() {
        return onHost || !devices.isEmpty() || !labels.isEmpty();
    }

    /** As the manifest writes it. */
    Stream<String> fields(boolean root) {
        List<String> fields = new ArrayList<>();
        if (onHost) {
            fields.add("network_mode: host");
        }
        devices.forEach(device -> fields.add("devices: " + device));
        if (!root) {
            group.ifPresent(number -> fields.add("group_add: " + number));
        }
        capabilities.forEach(capability -> fields.add("cap_add: " + capability));
        labels.forEach(label -> fields.add("labels: " + label));
        return fields.stream();
    }

    private static List<Row> read() {
        try (InputStream in = DeviceType.class.getResourceAsStream("hardware-access.tsv")) {
            if (in == null) {
                throw new IllegalStateException("hardware-access.tsv is missing from the plugin");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .map(fields -> new Row(
                            fields.get(0),
                            list(fields.get(1)),
                            new HardwareAccess(
                                    list(fields.get(2)),
                                    list(fields.get(3)),
                                    list(fields.get(4)),
                                    fields.get(5).equals("host"),
                                    list(fields.get(6)).stream().findFirst())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(String field) {
        return Arrays.stream(field.split(",")).filter(item -> !item.isEmpty()).toList();
    }
}
