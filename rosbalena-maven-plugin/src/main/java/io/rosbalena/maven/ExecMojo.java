package io.rosbalena.maven;

import io.rosbalena.robot.desk.Executing;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.FleetLogs;
import io.rosbalena.robot.fleet.FleetShell;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command, or without one a shell, on a device or in one of its services, through the system's {@code ssh}: on a
 * device in your network, or, named by its uuid or beside {@code -Dfleet}, on one of a fleet through balena's SSH proxy. Needs no
 * project.
 */
@Mojo(name = "exec", requiresProject = false, threadSafe = true)
public final class ExecMojo extends FleetMojo {
    /**
     * The device: its address, or its name in this network; of a fleet its uuid, or its name with {@code -Dfleet}. Also
     * {@code -Ddevice}.
     */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    /** The service in whose container the command runs; without it, on the device's host. */
    @Parameter(property = "service")
    private @Nullable String service;

    /**
     * The command, split at blanks and by quotes as in a compose file; no shell reads it. Also {@code -Dcommand}. Without
     * it: a shell.
     */
    @Parameter(property = "rosbalena.command")
    private @Nullable String command;

    /** The file of a private key for {@code ssh -i}. Without it ssh takes those that it knows of. */
    @Parameter(property = "rosbalena.identity")
    private @Nullable File identity;

    /** The SSH proxy of a server that is not balenaCloud, {@code HOST} or {@code HOST:PORT}. */
    @Parameter(property = "rosbalena.sshProxy")
    private @Nullable String sshProxy;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Optional<String> named = stated(device, "device");
        Executing.exec(
                named.isPresent() && FleetLogs.takes(access, named)
                        ? FleetShell.target(access, named.get(), Optional.ofNullable(sshProxy), surroundings)
                        : Executing.device(named),
                new Executing.Request(
                        stated(service, "service"),
                        stated(command, "command"),
                        Optional.ofNullable(identity).map(file -> file.toPath().toAbsolutePath()),
                        Terminal.isThere()),
                Path.of(System.getProperty("user.home"), ".config", "rosbalena", "host-keys"));
    }
}
