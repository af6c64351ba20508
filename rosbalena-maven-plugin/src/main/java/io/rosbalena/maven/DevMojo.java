package io.rosbalena.maven;

import io.rosbalena.robot.desk.DevRequest;
import io.rosbalena.robot.desk.Developing;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds what is not built, sends the layers that a device in local mode lacks, and lets the device run the services: those
 * whose image and configuration are as they were are not restarted. Then follows the logs; Ctrl-C leaves the services
 * running. Where there is a {@code docker-compose.dev.yml}, it is taken, with the tools.
 */
@Mojo(name = "dev", threadSafe = true)
public final class DevMojo extends RobotMojo {
    /** The device: its address, or its name in this network, such as {@code a1b2c3d.local}. Also {@code -Ddevice=…}. */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    /** Variables that are checked in, as {@code rosbalena:env} sets them for a fleet; it need not be there. */
    @Parameter(property = "rosbalena.envFile", defaultValue = "${basedir}/balena-env.yml")
    private File envFile;

    /** Whether the logs are followed; if not, the goal ends as soon as the services are started. */
    @Parameter(property = "rosbalena.dev.follow", defaultValue = "true")
    private boolean follow;

    /** Take an address that is not private, too. Whoever reaches a device in local mode owns it. */
    @Parameter(property = "rosbalena.force", defaultValue = "false")
    private boolean force;

    /** Stop services although they hold an update lock, with which they say that the robot is moving. */
    @Parameter(property = "rosbalena.overrideLocks", defaultValue = "false")
    private boolean overrideLocks;

    /** The port of the device's engine, where a tunnel leads to it. */
    @Parameter(property = "rosbalena.enginePort", defaultValue = "2375")
    private int enginePort;

    /** The port of the device's Supervisor, where a tunnel leads to it. */
    @Parameter(property = "rosbalena.supervisorPort", defaultValue = "48484")
    private int supervisorPort;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Developing.dev(
                robot,
                new DevRequest(
                        stated(device, "device"),
                        new DevRequest.Ports(enginePort, supervisorPort),
                        Optional.of(envFile.toPath().toAbsolutePath().normalize()),
                        force,
                        overrideLocks,
                        follow),
                surroundings,
                System.getenv(),
                System.out::println);
    }
}
