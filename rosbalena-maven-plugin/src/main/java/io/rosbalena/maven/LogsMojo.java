package io.rosbalena.maven;

import io.rosbalena.robot.desk.DevRequest;
import io.rosbalena.robot.desk.Watching;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.FleetLogs;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Follows the logs of a device until Ctrl-C; a connection that breaks is made again. A device in local mode is asked
 * itself; a device of a fleet, named by its uuid or beside {@code -Dfleet}, through the API, which begins with the last
 * lines.
 */
@Mojo(name = "logs", requiresProject = false, threadSafe = true)
public final class LogsMojo extends FleetMojo {
    /**
     * The device: its address, or its name in this network, such as {@code a1b2c3d.local}; of a fleet its uuid, or its name
     * with {@code -Dfleet}. Also {@code -Ddevice=…}.
     */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    /** Services whose lines are wanted; without it those of all. */
    @Parameter(property = "service")
    private @Nullable List<String> service;

    /** Whether what the Supervisor says is wanted, too. Also {@code -Dsystem}. */
    @Parameter(property = "rosbalena.system")
    private @Nullable String system;

    /** Take an address that is not private, too. */
    @Parameter(property = "rosbalena.force", defaultValue = "false")
    private boolean force;

    /** The port of the device's Supervisor, where a tunnel leads to it. */
    @Parameter(property = "rosbalena.supervisorPort", defaultValue = "48484")
    private int supervisorPort;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        // Maven gives a property without a value the value true.
        boolean supervisor = stated(system, "system").filter("true"::equals).isPresent();
        if (FleetLogs.takes(access, stated(device, "device"))) {
            FleetLogs.follow(
                    access, stated(device, "device"), words(service), supervisor, surroundings, System.out::println);
            return;
        }
        DevRequest request = new DevRequest(
                stated(device, "device"),
                new DevRequest.Ports(DevRequest.Ports.USUAL.engine(), supervisorPort),
                Optional.empty(),
                force,
                false,
                true);
        Watching.logs(
                request, words(service), supervisor, surroundings.network().patience(), System.out::println);
    }
}
