package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device of a fleet.
 *
 * @param id of the server
 * @param uuid 32 or 62 hexadecimal digits
 * @param name which nothing says that only one has
 * @param fleet id of its fleet
 */
public record Device(long id, String uuid, String name, long fleet) {
    /** What the dashboard shows of a uuid. */
    private static final int SHORT = 7;

    private static final String FIELDS = "id,uuid,device_name,belongs_to__application";

    /** The first digits of its uuid. */
    public String shortUuid() {
        return uuid.substring(0, Math.min(SHORT, uuid.length()));
    }

    /** Its name and the first digits of its uuid. */
    public String shown() {
        return Printable.line(name) + " (" + shortUuid() + ")";
    }

    /**
     * The device that a user names.
     *
     * @param named a uuid, at least its first seven digits, or the device's name
     * @param fleet id of the fleet that it must belong to; empty: any that the token may see
     * @throws FindingException RB645 if there is none, RB646 if several are called so
     */
    public static Device find(BalenaApi api, String named, Optional<Long> fleet) throws IOException {
        String text = Query.text(named);
        String called = named.matches("[0-9a-f]{" + SHORT + ",62}")
                ? "(startswith(uuid," + text + ") or device_name eq " + text + ")"
                : "device_name eq " + text;
        String filter = fleet.map(id -> "belongs_to__application eq " + id + " and " + called)
                .orElse(called);
        List<JsonValue> found =
                api.list(Query.of("device").select(FIELDS).filter(filter).orderBy("uuid asc"));
        if (found.isEmpty()) {
            throw FindingException.input(Finding.error("RB645", "there is no device " + named)
                    .fix(
                            "mvn rosbalena:devices -Dfleet=FLEET lists names and uuids; -Ddevice takes a name, or a uuid or"
                                    + " its first seven digits"));
        }
        List<Device> devices = new ArrayList<>();
        for (JsonValue row : found) {
            devices.add(read(row));
        }
        Optional<Device> exact =
                devices.stream().filter(device -> device.uuid.equals(named)).findFirst();
        if (exact.isPresent() || devices.size() == 1) {
            return exact.orElse(devices.get(0));
        }
        throw FindingException.input(Finding.error("RB646", devices.size() + " devices are called " + named)
                .fix("name one by its uuid: "
                        + String.join(
                                ", ",
                                devices.stream()
                                        .limit(5)
                                        .map(device -> "-Ddevice=" + device.uuid)
                                        .toList())));
    }

    private static Device read(JsonValue row) throws IOException {
        return new Device(
                row.get("id").number(),
                row.get("uuid").string(),
                row.find("device_name")
                        .map(value -> String.valueOf(value.raw()))
                        .orElse(""),
                row.get("belongs_to__application").get("__id").number());
    }
}
