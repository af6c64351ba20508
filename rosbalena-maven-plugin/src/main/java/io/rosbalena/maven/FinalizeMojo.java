package io.rosbalena.maven;

import io.rosbalena.robot.fleet.Finalizing;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Makes a draft of a fleet final: devices that track the latest release take it. A final release cannot become a draft
 * again.
 */
@Mojo(name = "finalize", requiresProject = false, threadSafe = true)
public final class FinalizeMojo extends FleetMojo {
    /** The draft: its commit, at least seven digits, or its version. Without it the only draft that there is. */
    @Parameter(property = "rosbalena.release")
    private @Nullable String release;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Finalizing.run(access, stated(release, "release"), surroundings, System.out::println);
    }
}
