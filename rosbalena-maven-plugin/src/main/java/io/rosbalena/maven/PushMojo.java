package io.rosbalena.maven;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.publishing.Publishing;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds what is not built, then pushes the image of every service to a container registry, byte for byte as it stands in
 * {@code target/rosbalena/images}, and prints the references with their digests. What the registry has is not sent again;
 * layers that services share are sent once.
 */
@Mojo(name = "push", threadSafe = true)
public final class PushMojo extends RobotMojo {
    /**
     * Where to: {@code registry.example.com/team/robot} gives {@code registry.example.com/team/robot/SERVICE:VERSION}
     * with the version of the project. <code>{service}</code> may stand anywhere in it, and a tag at its end.
     */
    @Parameter(property = "rosbalena.to")
    private @Nullable String to;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Publishing.push(robot, stated(to, "to"), surroundings);
    }
}
