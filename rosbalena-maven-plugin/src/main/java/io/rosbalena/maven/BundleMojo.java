package io.rosbalena.maven;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.publishing.Bundling;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Builds what is not built, then writes one file that carries the images of all services and the manifest to a robot
 * without network: {@code target/rosbalena/PROJECT-VERSION.bundle.tar}, which container engines load. Prints the commands
 * that install it; they stand in it, too. A robot for several platforms gets a file for each.
 */
@Mojo(name = "bundle", threadSafe = true)
public final class BundleMojo extends RobotMojo {
    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Bundling.write(robot, surroundings).forEach(line -> getLog().info(line));
    }
}
