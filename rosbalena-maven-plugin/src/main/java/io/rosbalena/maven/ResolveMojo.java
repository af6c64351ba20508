package io.rosbalena.maven;

import io.rosbalena.robot.Resolving;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/** Shows the packages of each service, why each is there, and what it weighs. */
@Mojo(name = "resolve", threadSafe = true)
public final class ResolveMojo extends RobotMojo {
    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Resolving.resolve(robot, surroundings).forEach(line -> getLog().info(line));
    }
}
