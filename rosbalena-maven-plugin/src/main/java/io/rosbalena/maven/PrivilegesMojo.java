package io.rosbalena.maven;

import io.rosbalena.robot.linting.PrivilegeReport;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Shows what each service may do to the device beyond its container, the widest first: as the manifest has it, and with
 * what ROS services get where it leaves that open.
 */
@Mojo(name = "privileges", requiresProject = false, threadSafe = true)
public final class PrivilegesMojo extends RobotMojo {
    /** Another manifest, for example that of the release before: only what differs from it is shown. */
    @Parameter(property = "rosbalena.privileges.before")
    private @Nullable File before;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        PrivilegeReport.lines(
                        robot,
                        project.getFile() == null ? Optional.empty() : Optional.of(surroundings.store()),
                        Optional.ofNullable(before).map(File::toPath))
                .forEach(line -> getLog().info(line));
    }
}
