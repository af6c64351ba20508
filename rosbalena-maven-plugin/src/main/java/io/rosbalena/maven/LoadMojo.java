package io.rosbalena.maven;

import io.rosbalena.robot.desk.Loading;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds what is not built, and loads the images into docker, podman or balenaEngine of this machine, as
 * {@code PROJECT/SERVICE:VERSION}. Docker gets only the layers that it does not have.
 */
@Mojo(name = "load", threadSafe = true)
public final class LoadMojo extends RobotMojo {
    /**
     * Where the engine listens: {@code unix:///PATH} or {@code tcp://HOST:PORT}. Without it {@code DOCKER_HOST},
     * {@code CONTAINER_HOST}, or the first socket that is there of docker, podman and balenaEngine.
     */
    @Parameter(property = "rosbalena.dockerHost")
    private @Nullable String dockerHost;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Loading.load(
                robot,
                Optional.ofNullable(dockerHost).map(String::strip).filter(host -> !host.isEmpty()),
                surroundings,
                System.getenv(),
                System.out::println);
    }
}
