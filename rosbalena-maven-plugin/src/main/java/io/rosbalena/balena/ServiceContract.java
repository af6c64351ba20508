package io.rosbalena.balena;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a service requires of a device, from its labels {@code io.balena.features.requires.*}. The Supervisor knows the
 * types {@code sw.supervisor}, {@code sw.l4t}, {@code hw.device-type}, {@code arch.sw} and, from 17.4.2 on, those of the OS
 * and the kernel; with any other one it rejects the whole release.
 */
public final class ServiceContract {
    private static final String PREFIX = "io.balena.features.requires.";

    private ServiceContract() {}

    /** The contract of a service's image; empty if no label asks for one. */
    public static Optional<Map<String, Object>> of(String service, SortedMap<String, String> labels) {
        List<Object> requires = new ArrayList<>();
        labels.forEach((label, value) -> {
            if (label.startsWith(PREFIX)) {
                requirement(label.substring(PREFIX.length()), value).ifPresent(requires::add);
            }
        });
        if (requires.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> contract = new TreeMap<>();
        contract.put("type", "sw.container");
        contract.put("slug", "contract-for-" + service);
        contract.put("requires", requires);
        return Optional.of(contract);
    }

    private static Optional<Object> requirement(String type, String value) {
        return switch (type) {
            case "sw.supervisor", "sw.l4t" -> Optional.of(new TreeMap<>(Map.of("type", type, "version", value)));
            case "hw.device-type", "arch.sw" -> Optional.of(new TreeMap<>(Map.of("type", type, "slug", value)));
            case "sw.balena-os" -> Optional.of(either("sw.os", "balena-os", value));
            case "sw.linux" -> Optional.of(either("sw.kernel", "linux", value));
            default -> Optional.empty();
        };
    }

    private static Map<String, Object> either(String type, String slug, String version) {
        return Map.of("or", List.of(new TreeMap<>(Map.of("type", type, "slug", slug, "version", version))));
    }
}
