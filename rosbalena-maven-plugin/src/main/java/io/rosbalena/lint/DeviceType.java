package io.rosbalena.lint;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of device that balena knows.
 *
 * @param slug balena's name of it, for example {@code raspberrypi4-64}
 * @param architecture balena's architecture: {@code aarch64}, {@code amd64}, {@code armv7hf}, {@code rpi}, {@code i386}
 */
public record DeviceType(String slug, String architecture) {
    private static final Map<String, DeviceType> ALL = read();

    /** The device type with this slug or alias. */
    public static Optional<DeviceType> find(String slug) {
        return Optional.ofNullable(ALL.get(slug));
    }

    /**
     * The OCI platform of its containers.
     *
     * @throws FindingException if no ROS 2 packages exist for its architecture
     */
    public String platform() {
        return switch (architecture) {
            case "aarch64" -> "linux/arm64";
            case "amd64" -> "linux/amd64";
            default ->
                throw FindingException.input(Finding.error(
                                "RB701",
                                "device type " + slug + " has the architecture " + architecture
                                        + ", for which no ROS 2 packages exist")
                        .fix("use a 64-bit device type, for example raspberrypi4-64 or generic-amd64"));
        };
    }

    private static Map<String, DeviceType> read() {
        Map<String, DeviceType> types = new HashMap<>();
        try (InputStream in = DeviceType.class.getResourceAsStream("device-types.tsv")) {
            if (in == null) {
                throw new IllegalStateException("device-types.tsv is missing from the plugin");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        List<String> fields = Arrays.asList(line.split("\t", -1));
                        DeviceType type = new DeviceType(fields.get(0), fields.get(1));
                        types.put(type.slug(), type);
                        Arrays.stream(fields.get(2).split(","))
                                .filter(alias -> !alias.isEmpty())
                                .forEach(alias -> types.putIfAbsent(alias, type));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }
}
