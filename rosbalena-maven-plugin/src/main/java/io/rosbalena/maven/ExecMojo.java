package io.rosbalena.maven;

import io.rosbalena.robot.desk.Executing;
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
 * Runs a command, or without one a shell, on a device in your network or in one of its services, through the system's
 * {@code ssh}. Needs no project.
 */
@Mojo(name = "exec", requiresProject = false, threadSafe = true)
public final class ExecMojo extends RobotMojo {
    /** The device: its address, or its name. Also {@code -Ddevice}. */
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

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Executing.exec(
                Executing.device(stated(device, "device")),
                new Executing.Request(
                        stated(service, "service"),
                        stated(command, "command"),
                        Optional.ofNullable(identity).map(file -> file.toPath().toAbsolutePath()),
                        Terminal.isThere()),
                Path.of(System.getProperty("user.home"), ".config", "rosbalena", "host-keys"));
    }
}
