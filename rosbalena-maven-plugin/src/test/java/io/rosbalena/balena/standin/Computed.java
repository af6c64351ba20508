package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Fields that the server computes: {@code release-additions} and {@code device-additions} of open-balena-api. */
final class Computed {
    private Computed() {}

    static Object value(Tables tables, Row row, String field) {
        return switch (field) {
            case "is_final" -> Versions.isFinal(row);
            case "semver" -> Versions.semver(row);
            case "raw_version" -> Versions.raw(row);
            case "version" -> Versions.parts(row);
            case "should_be_running__release" -> target(tables, row).orElse(null);
            case "overall_status" -> status(tables, row);
            case "overall_progress" -> progress(tables, row);
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static Optional<Long> target(Tables tables, Row device) {
        return device.reference("is_pinned_on__release")
                .or(() -> tables.follow(device, "belongs_to__application")
                        .flatMap(fleet -> fleet.reference("should_be_running__release")));
    }

    private static String status(Tables tables, Row device) {
        boolean vpn = Boolean.TRUE.equals(device.get("is_connected_to_vpn"));
        String heartbeat = Objects.requireNonNullElse((String) device.get("api_heartbeat_state"), "unknown");
        if ("Post-Provisioning".equals(device.get("provisioning_state"))) {
            return "post-provisioning";
        }
        if (!vpn && device.get("last_connectivity_event") == null && heartbeat.equals("unknown")) {
            return "configuring";
        }
        if (!vpn && List.of("offline", "unknown").contains(heartbeat)) {
            return "disconnected";
        }
        boolean heard = List.of("online", "timeout").contains(heartbeat);
        if (heard && device.get("download_progress") != null && "Downloading".equals(device.get("status"))) {
            return "updating";
        }
        if (device.get("provisioning_progress") != null) {
            return "configuring";
        }
        if (heard && downloads(tables, device).stream().anyMatch(install -> install.get("download_progress") != null)) {
            return "updating";
        }
        return heartbeat.equals("timeout") || vpn != heartbeat.equals("online")
                ? "reduced-functionality"
                : "operational";
    }

    private static List<Row> downloads(Tables tables, Row device) {
        return tables.of("image_install").stream()
                .filter(install -> install.get("device").equals(device.id()))
                .filter(install -> install.get("status").equals("Downloading"))
                .toList();
    }

    private static Long progress(Tables tables, Row device) {
        if (!status(tables, device).equals("updating")) {
            return null;
        }
        if ("Downloading".equals(device.get("status")) && device.get("download_progress") != null) {
            return (Long) device.get("download_progress");
        }
        Optional<Long> target = target(tables, device);
        return Math.round(tables.of("image_install").stream()
                .filter(install -> install.get("device").equals(device.id()))
                .filter(install -> !install.get("status").equals("deleted"))
                .filter(install -> install.get("status").equals("Downloading")
                        || install.reference("is_provided_by__release").equals(target))
                .mapToLong(install -> Objects.requireNonNullElse((Long) install.get("download_progress"), 100L))
                .average()
                .orElse(0));
    }
}
