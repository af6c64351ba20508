package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.FleetDevice;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The goal {@code devices}: the devices of a fleet, and what runs on them. */
public final class DeviceList {
    private DeviceList() {}

    public static void run(FleetAccess access, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(api);
        List<FleetDevice> devices = ApiFinding.telling(api, () -> FleetDevice.of(api, fleet));
        if (devices.isEmpty()) {
            sink.accept("fleet " + fleet.slug() + " has no devices yet; the dashboard, or balena os configure, makes an"
                    + " image for the first one");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "UUID", "STATE", "RELEASE", "OS", "SUPERVISOR", "TYPE"));
        for (FleetDevice one : devices) {
            rows.add(List.of(
                    one.name(),
                    one.shortUuid(),
                    one.online() ? "online" : "offline",
                    one.runs().orElse("-") + (one.pinned() ? " (pinned)" : ""),
                    one.system().orElse("-"),
                    one.supervisor().orElse("-"),
                    one.type()));
        }
        TextTable.lines(rows).forEach(sink);
    }
}
