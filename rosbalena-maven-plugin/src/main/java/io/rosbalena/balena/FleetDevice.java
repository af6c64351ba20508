package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device as its fleet's owner sees it; all text is fit for printing.
 *
 * @param uuid 32 or 62 hexadecimal digits
 * @param online whether the server is connected with it
 * @param runs the release that it has reported
 * @param target the release that it is meant to run
 * @param pinned whether that one is its own, and not its fleet's
 * @param system version of its operating system
 * @param supervisor version of its Supervisor
 * @param type its device type
 * @param downloads images that it is fetching
 */
public record FleetDevice(
        String uuid,
        String name,
        boolean online,
        Optional<String> runs,
        Optional<String> target,
        boolean pinned,
        Optional<String> system,
        Optional<String> supervisor,
        String type,
        List<Download> downloads) {
    private static final String SELECT =
            "id,uuid,device_name,is_online,os_version,supervisor_version,is_pinned_on__release";
    private static final String RELEASE = "($select=commit,raw_version)";
    private static final String EXPAND = "is_of__device_type($select=slug),is_running__release" + RELEASE
            + ",should_be_running__release" + RELEASE
            + ",image_install($select=id,status,download_progress;$filter=status eq 'Downloading';"
            + "$expand=installs__image($select=id,is_stored_at__image_location;"
            + "$expand=is_a_build_of__service($select=service_name)))";

    public FleetDevice {
        downloads = List.copyOf(downloads);
    }

    /**
     * An image that is on its way.
     *
     * @param location host and repository of the image
     * @param percent how much is there; none before the device knows
     */
    public record Download(String service, String location, Optional<Long> percent) {}

    /** All devices of a fleet, by name. */
    public static List<FleetDevice> of(BalenaApi api, Fleet fleet) throws IOException {
        List<FleetDevice> devices = new ArrayList<>();
        for (JsonValue row : api.list(Query.of("device")
                .select(SELECT)
                .filter("belongs_to__application eq " + fleet.id())
                .expand(EXPAND)
                .orderBy("device_name asc"))) {
            devices.add(read(row));
        }
        return devices;
    }

    /** The first digits of its uuid, as the dashboard shows them. */
    public String shortUuid() {
        return uuid.substring(0, Math.min(7, uuid.length()));
    }

    /** Its name and the first digits of its uuid. */
    public String shown() {
        return name + " (" + shortUuid() + ")";
    }

    private static FleetDevice read(JsonValue row) throws IOException {
        List<Download> downloads = new ArrayList<>();
        for (JsonValue install : row.get("image_install").items()) {
            for (JsonValue image : install.get("installs__image").items()) {
                Optional<JsonValue> percent = install.find("download_progress");
                downloads.add(new Download(
                        one(image, "is_a_build_of__service", "service_name").orElse("?"),
                        image.get("is_stored_at__image_location").string(),
                        percent.isPresent() ? Optional.of(percent.get().number()) : Optional.empty()));
            }
        }
        return new FleetDevice(
                row.get("uuid").string(),
                text(row, "device_name").orElse(""),
                row.get("is_online").flag(),
                release(row, "is_running__release"),
                release(row, "should_be_running__release"),
                row.find("is_pinned_on__release").isPresent(),
                text(row, "os_version"),
                text(row, "supervisor_version"),
                one(row, "is_of__device_type", "slug").orElse("-"),
                downloads);
    }

    private static Optional<String> release(JsonValue row, String link) throws IOException {
        Optional<String> commit = one(row, link, "commit");
        Optional<String> version = one(row, link, "raw_version");
        return commit.map(
                text -> version.orElse("without version") + " (" + text.substring(0, Math.min(7, text.length())) + ")");
    }

    private static Optional<String> one(JsonValue row, String link, String field) throws IOException {
        List<JsonValue> items = row.get(link).items();
        return items.isEmpty() ? Optional.empty() : text(items.get(0), field);
    }

    private static Optional<String> text(JsonValue row, String field) throws IOException {
        Optional<JsonValue> value = row.find(field);
        return value.isPresent() ? Optional.of(Printable.line(value.get().string())) : Optional.empty();
    }
}
