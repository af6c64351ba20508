package io.rosbalena.maven;

import io.rosbalena.robot.deploying.DeployRequest;
import io.rosbalena.robot.deploying.Deploying;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds what is not built and makes it a release of a fleet, without Docker and without balena's command line. The
 * release is final, which cannot be taken back: what will change on a robot is printed first. The same content again finds
 * the release that is there, and sends nothing.
 */
@Mojo(name = "deploy", threadSafe = true)
public final class DeployMojo extends FleetMojo {
    /** Make a draft, which no device takes. It ends with the command that publishes it. */
    @Parameter(property = "rosbalena.draft", defaultValue = "false")
    private boolean draft;

    /** Let the fleet run this release even if it follows another one. */
    @Parameter(property = "rosbalena.pin", defaultValue = "false")
    private boolean pin;

    /** Send nothing, and print the calls that would be made. */
    @Parameter(property = "rosbalena.dryRun", defaultValue = "false")
    private boolean dryRun;

    /** A note for those who look at the release. */
    @Parameter(property = "rosbalena.note")
    private @Nullable String note;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Deploying.deploy(
                robot,
                access,
                new DeployRequest(draft, pin, dryRun, Optional.ofNullable(note), plugin.getVersion()),
                surroundings);
    }
}
