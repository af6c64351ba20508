package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import io.rosbalena.lint.DeviceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What stands in the tables of a fresh openBalena. */
final class StartingTables {
    private StartingTables() {}

    static void fill(Tables tables) {
        tables.add("user", Map.of("username", "root"));
        tables.add("user", Map.of("username", "admin", "email", "test@balena.local", "password", "admin's password"));
        organization(tables, "admin", true);
        tables.add(
                "application_type",
                Map.of("name", "Default", "slug", "default", "supports_multicontainer", true, "is_legacy", false));
        tables.add(
                "application_type",
                Map.of("name", "Classic", "slug", "classic", "supports_multicontainer", false, "is_legacy", true));
        for (String slug : List.of("aarch64", "amd64", "armv7hf", "rpi", "i386")) {
            tables.add("cpu_architecture", Map.of("slug", slug));
        }
        for (String slug : List.of(
                "raspberrypi4-64", "raspberrypi5", "raspberrypi3", "generic-aarch64", "generic-amd64", "intel-nuc")) {
            DeviceType type = DeviceType.find(slug).orElseThrow();
            long architecture = tables.find("cpu_architecture", "slug", type.architecture())
                    .orElseThrow()
                    .id();
            long id = tables.add(
                            "device_type", Map.of("slug", slug, "name", slug, "is_of__cpu_architecture", architecture))
                    .id();
            tables.add("device_type_alias", Map.of("device_type", id, "is_referenced_by__alias", slug));
        }
        long nuc = tables.find("device_type", "slug", "intel-nuc").orElseThrow().id();
        tables.add("device_type_alias", Map.of("device_type", nuc, "is_referenced_by__alias", "nuc"));
    }

    private static long organization(Tables tables, String handle, boolean own) {
        long id = tables.add("organization", Map.of("name", handle, "handle", handle))
                .id();
        if (own) {
            tables.add("organization_membership", Map.of("user", 2L, "is_member_of__organization", id));
        }
        return id;
    }

    static long fleet(Tables tables, String slug, String deviceType, boolean own) {
        String[] parts = slug.split("/", 2);
        long organization = tables.find("organization", "handle", parts[0])
                .map(Row::id)
                .orElseGet(() -> organization(tables, parts[0], own));
        Map<String, Object> values = new HashMap<>();
        values.put("actor", 4L);
        values.put("app_name", parts[1]);
        values.put("slug", slug.toLowerCase(java.util.Locale.ROOT));
        values.put("uuid", UUID.randomUUID().toString().replace("-", ""));
        values.put("organization", organization);
        values.put("application_type", 1L);
        values.put(
                "is_for__device_type",
                tables.find("device_type", "slug", deviceType).orElseThrow().id());
        values.put("is_of__class", "fleet");
        values.put("should_track_latest_release", true);
        values.put("is_host", false);
        values.put("is_archived", false);
        values.put("is_public", false);
        return tables.add("application", values).id();
    }

    static long device(Tables tables, long fleet, String uuid, String name) {
        Map<String, Object> values = new HashMap<>();
        values.put("actor", 5L);
        values.put("uuid", uuid);
        values.put("device_name", name);
        values.put("belongs_to__application", fleet);
        values.put("is_of__device_type", tables.get("application", fleet).get("is_for__device_type"));
        values.put("is_online", false);
        values.put("is_connected_to_vpn", false);
        values.put("api_heartbeat_state", "unknown");
        values.put("is_web_accessible", false);
        return tables.add("device", values).id();
    }
}
