package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceAddress;
import io.rosbalena.device.LocalState;
import io.rosbalena.device.Supervisor;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.run.ServiceLog;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Watching: the logs of a device in local mode. */
public final class Watching {
    private Watching() {}

    /** Whether a device is named by its address in this network, and not as one of a fleet. */
    public static boolean isAddress(String device) {
        return DeviceAddress.isOne(device);
    }

    /**
     * Follows the logs from now on, until the thread is interrupted or the device does not let anybody in any more.
     *
     * @param services whose lines are wanted; empty for all
     * @param system whether the lines of the Supervisor are wanted, too
     * @param sink gets each line to print
     * @throws FindingException RB660, RB661, RB663, RB667, RB671, and RB672 for a service that the device has not
     */
    public static void logs(
            DevRequest request,
            List<String> services,
            boolean system,
            TransferSettings.Patience patience,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        DeviceAddress address = DeskDevice.address(request);
        String name = "the device " + address;
        Supervisor supervisor = DeskDevice.supervisor(address, request, patience);
        try {
            supervisor.ping();
            Set<String> present = new TreeSet<>();
            for (LocalState.Container container : supervisor.state().containers()) {
                present.add(container.service());
            }
            for (String service : services) {
                if (!present.contains(service)) {
                    throw FindingException.input(Finding.error("RB672", name + " has no service " + service)
                            .fix(
                                    present.isEmpty()
                                            ? "mvn rosbalena:dev -Ddevice=" + address.stated() + " brings some there"
                                            : "choose from: " + String.join(", ", present)));
                }
            }
            Set<String> wanted = Set.copyOf(services);
            ServiceLog log = ServiceLog.prefixed(wanted.isEmpty() ? present : wanted, sink);
            new DeskLogs(supervisor, wanted, system, log).follow(() -> {});
        } catch (IOException e) {
            throw DeskDevice.failure(name, e);
        }
    }
}
