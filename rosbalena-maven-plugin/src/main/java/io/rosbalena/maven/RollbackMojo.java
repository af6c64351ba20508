package io.rosbalena.maven;

import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.Rollback;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Pins a fleet, or one device, to an earlier release, or lets it track the latest one again.
 */
@Mojo(name = "rollback", requiresProject = false, threadSafe = true)
public final class RollbackMojo extends FleetMojo {
    /** The release: its commit, at least seven digits, its version, or {@code previous}, which is meant where nothing is said. */
    @Parameter(property = "rosbalena.release")
    private @Nullable String release;

    /** A device, by name or uuid, that alone is meant. Also {@code -Ddevice}. */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    /** Whether the fleet takes the latest release again, or the device what its fleet runs. */
    @Parameter(property = "rosbalena.track", defaultValue = "false")
    private boolean track;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Rollback.run(
                access,
                new Rollback.Request(stated(device, "device"), stated(release, "release"), track),
                surroundings,
                System.out::println);
    }
}
