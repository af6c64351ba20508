package io.rosbalena.maven;

import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.FleetShow;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows a fleet; with {@code -Drosbalena.create} makes it before that, for the project's device type.
 */
@Mojo(name = "fleet", requiresProject = false, threadSafe = true)
public final class ShowFleetMojo extends FleetMojo {
    /** Whether the fleet is made if there is none. */
    @Parameter(property = "rosbalena.create", defaultValue = "false")
    private boolean create;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        FleetShow.run(access, create, robot.target().deviceTypes(), surroundings, System.out::println);
    }
}
