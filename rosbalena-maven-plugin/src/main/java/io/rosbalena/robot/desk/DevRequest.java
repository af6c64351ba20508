package io.rosbalena.robot.desk;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user wants of a device.
 *
 * @param device its address or name
 * @param ports where its servers listen
 * @param envFile variables that are checked in, where the file is there; empty: none
 * @param force whether a public address is taken
 * @param overrideLocks whether services are stopped that hold an update lock
 * @param follow whether the logs are followed until Ctrl-C
 */
public record DevRequest(
        Optional<String> device,
        Ports ports,
        Optional<Path> envFile,
        boolean force,
        boolean overrideLocks,
        boolean follow) {

    /**
     * Ports of a device.
     *
     * @param engine of balenaEngine, 2375 on balenaOS for development
     * @param supervisor of the Supervisor's API, 48484
     */
    public record Ports(int engine, int supervisor) {
        /** Those of balenaOS. */
        public static final Ports USUAL = new Ports(2375, 48484);

        public Ports {
            if (engine < 1 || engine > 65_535 || supervisor < 1 || supervisor > 65_535) {
                throw new IllegalArgumentException("a port is a number from 1 to 65535");
            }
        }
    }
}
