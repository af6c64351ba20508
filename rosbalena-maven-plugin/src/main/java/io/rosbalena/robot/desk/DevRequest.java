package io.rosbalena.robot.desk;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
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
            check("enginePort", engine);
            check("supervisorPort", supervisor);
        }

        private static void check(String parameter, int port) {
            if (port < 1 || port > 65_535) {
                throw FindingException.input(Finding.error("RB676", parameter + " cannot be " + port)
                        .fix("ports are numbers from 1 to 65535"));
            }
        }
    }
}
