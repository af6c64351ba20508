package io.rosbalena.maven;

import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.FleetStatus;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows which releases a fleet's devices run, and how far updates are: whether a device waits for a delta that is being
 * made, downloads one, or downloads whole images.
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends FleetMojo {
    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        FleetStatus.run(access, surroundings, System.out::println);
    }
}
