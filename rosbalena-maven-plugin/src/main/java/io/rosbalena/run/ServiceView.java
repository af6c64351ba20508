package io.rosbalena.run;

import java.util.List;

/**
 * What a service sees of this machine. The network is this machine's unless there is none.
 *
 * @param volumes named volumes
 * @param tmpfs fresh file systems in memory, {@code /path} or {@code /path:OPTIONS}
 * @param devices devices
 * @param hostIpc whether {@code /dev/shm} and System V IPC are this machine's
 * @param network whether there is a network; without, only a loopback interface
 * @param privileged whether all devices of this machine are there
 * @param readOnly whether the root may not be written to
 */
public record ServiceView(
        List<ServiceVolume> volumes,
        List<String> tmpfs,
        List<ServiceDevice> devices,
        boolean hostIpc,
        boolean network,
        boolean privileged,
        boolean readOnly) {
    /** The host's IPC and network, and nothing else. */
    public static final ServiceView HOST = new ServiceView(List.of(), List.of(), List.of(), true, true, false, false);

    public ServiceView {
        volumes = List.copyOf(volumes);
        tmpfs = List.copyOf(tmpfs);
        devices = List.copyOf(devices);
        for (String each : tmpfs) {
            if (!each.startsWith("/")) {
                throw new IllegalArgumentException("not an absolute path: " + each);
            }
        }
    }
}
