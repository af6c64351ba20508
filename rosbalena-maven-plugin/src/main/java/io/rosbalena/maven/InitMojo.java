package io.rosbalena.maven;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.starting.StartRequest;
import io.rosbalena.robot.starting.Starting;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Starts a robot in an existing colcon workspace or compose project: writes {@code pom.xml}, {@code docker-compose.yml}
 * with a service for each launch file and each package that starts alone, {@code .gitignore} and {@code .mvn/jvm.config}
 * where they are missing. Files that are there stay as they are; it is said what would be written in them.
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public final class InitMojo extends RobotMojo {
    /** The {@code groupId} in a new POM. Without it: the artifact id. */
    @Parameter(property = "rosbalena.groupId")
    private @Nullable String groupId;

    /** The {@code artifactId} in a new POM. Without it: the folder's name. */
    @Parameter(property = "rosbalena.artifactId")
    private @Nullable String artifactId;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Starting.start(
                        robot,
                        new StartRequest(
                                Optional.ofNullable(groupId),
                                Optional.ofNullable(artifactId),
                                plugin.getVersion(),
                                Optional.ofNullable(System.getenv("ROS_DISTRO"))),
                        surroundings)
                .forEach(line -> getLog().info(line));
    }
}
