package io.rosbalena.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a device type brings, as its maker says; where there are several variants, the one with the most memory.
 *
 * @param cores processors
 * @param memory bytes of RAM
 */
public record Hardware(int cores, long memory) {
    private static final Map<String, Hardware> ALL = read();

    /** The hardware of a device type; empty if it differs from device to device, or is not in the table. */
    public static Optional<Hardware> of(DeviceType type) {
        return Optional.ofNullable(ALL.get(type.slug()));
    }

    private static Map<String, Hardware> read() {
        try (InputStream in = Hardware.class.getResourceAsStream("device-hardware.tsv")) {
            if (in == null) {
                throw new IllegalStateException("device-hardware.tsv is missing from the plugin");
            }
            Function<List<String>, Hardware> row =
                    fields -> new Hardware(Integer.parseInt(fields.get(1)), Long.parseLong(fields.get(2)) << 20);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .collect(Collectors.toMap(fields -> fields.get(0), row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
