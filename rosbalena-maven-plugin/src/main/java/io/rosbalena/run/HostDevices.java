package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Which devices of this machine a service gets. */
final class HostDevices {
    private HostDevices() {}

    /** The devices that are there; tells those that are not, and those that this user may not open. */
    static List<ServiceDevice> present(Service service, ServiceLog log) throws IOException {
        List<ServiceDevice> present = new ArrayList<>();
        for (ServiceDevice device : service.view().devices()) {
            Path source = Path.of(device.source());
            if (!Files.exists(source)) {
                log.finding(Finding.warning("RB553", "the device " + device.source() + " is not on this machine")
                        .inService(service.name())
                        .fix("The service starts without it."));
                continue;
            }
            if (!Files.isDirectory(source) && (!Files.isReadable(source) || !Files.isWritable(source))) {
                PosixFileAttributes attributes = Files.readAttributes(source, PosixFileAttributes.class);
                String group = attributes.group().getName();
                log.finding(Finding.warning(
                                "RB554",
                                "your account may not open the device " + device.source() + " of group " + group)
                        .inService(service.name())
                        .fix("Join the group, then log in again: sudo usermod -aG " + group + " $USER"));
            }
            present.add(device);
        }
        return present;
    }
}
