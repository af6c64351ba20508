package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.DownloadKind;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.FleetDevice;
import io.rosbalena.balena.FleetDevice.Download;
import io.rosbalena.balena.Release;
import io.rosbalena.balena.ReleaseSearch;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The goal {@code status}: which releases a fleet's devices run, and how far updates are. */
public final class FleetStatus {
    /** Each takes a call. */
    private static final int MOST_LOGS = 20;

    private static final int LINES = 200;

    private FleetStatus() {}

    public static void run(FleetAccess access, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(api);
        ApiFinding.telling(api, () -> {
            List<FleetDevice> devices = FleetDevice.of(api, fleet);
            Optional<Release> target = fleet.runs().isPresent()
                    ? new ReleaseSearch(api, fleet).ofId(fleet.runs().get())
                    : Optional.empty();
            sink.accept("fleet " + fleet.slug() + ": " + count(devices.size()) + ", "
                    + target.map(release ->
                                    (fleet.tracksLatest() ? "tracks the latest release, " : "pinned to ") + release)
                            .orElse("no release yet"));
            byRelease(devices, target.map(Release::toString), sink);
            updates(api, devices, sink);
            offline(devices, sink);
            return true;
        });
    }

    private static void byRelease(List<FleetDevice> devices, Optional<String> target, Consumer<String> sink) {
        Map<String, Integer> counts = new TreeMap<>();
        devices.forEach(device -> counts.merge(device.runs().orElse("no release"), 1, Integer::sum));
        List<List<String>> rows = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> rows.add(List.of(
                        "  " + entry.getKey(),
                        count(entry.getValue()),
                        target.equals(Optional.of(entry.getKey())) ? "as meant" : "")));
        TextTable.lines(rows).forEach(sink);
        for (FleetDevice device : devices) {
            if (device.pinned()) {
                sink.accept("  " + device.shown() + " is pinned to "
                        + device.target().orElse("another release"));
            }
        }
    }

    private static void updates(ApiServer api, List<FleetDevice> devices, Consumer<String> sink) throws IOException {
        int asked = 0;
        for (FleetDevice device : devices) {
            if (device.downloads().isEmpty()) {
                continue;
            }
            List<JsonValue> log =
                    asked++ < MOST_LOGS ? api.items("/device/v2/" + device.uuid() + "/logs?count=" + LINES) : List.of();
            Map<Download, DownloadKind> kinds = DownloadKind.of(device.downloads(), log);
            sink.accept("  " + device.shown() + " updates to " + device.target().orElse("another release"));
            for (Download download : device.downloads()) {
                DownloadKind kind = kinds.getOrDefault(download, DownloadKind.UNKNOWN);
                sink.accept("    " + download.service() + " " + kind.words()
                        + (kind == DownloadKind.DELTA_BEING_MADE
                                ? ""
                                : download.percent()
                                        .map(percent -> ", " + percent + " %")
                                        .orElse("")));
            }
        }
    }

    private static void offline(List<FleetDevice> devices, Consumer<String> sink) {
        List<String> names = devices.stream()
                .filter(device -> !device.online())
                .map(FleetDevice::shown)
                .toList();
        if (!names.isEmpty()) {
            sink.accept("  offline: "
                    + String.join(", ", names.subList(0, Math.min(10, names.size())))
                    + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : ""));
        }
    }

    private static String count(int devices) {
        return devices + (devices == 1 ? " device" : " devices");
    }
}
