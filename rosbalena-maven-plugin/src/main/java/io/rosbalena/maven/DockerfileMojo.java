package io.rosbalena.maven;

import io.rosbalena.robot.exporting.ExportRequest;
import io.rosbalena.robot.exporting.Exporting;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the robot as a project that {@code balena push} takes, for teams whose images balena's builders make: a
 * {@code docker-compose.yml} with {@code build:}, a Dockerfile for each service with the locked versions, and the sources that
 * they copy. Builds what is not built.
 */
@Mojo(name = "dockerfile", threadSafe = true)
public final class DockerfileMojo extends RobotMojo {
    /**
     * The folder that is written, for the first platform; that of another one has its architecture behind the name. It
     * must be new, empty, or written by this goal before; a {@code .git} in it stays.
     */
    @Parameter(
            property = "rosbalena.dockerfile.output",
            defaultValue = "${project.build.directory}/rosbalena/dockerfile")
    private File output;

    /**
     * The image that Dockerfiles begin with, such as {@code debian:bookworm-slim@sha256:…}, where the robot's base is no image
     * of a registry.
     */
    @Parameter(property = "rosbalena.dockerfile.base")
    private @Nullable String base;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Exporting.export(
                robot,
                new ExportRequest(
                        output.toPath().toAbsolutePath().normalize(),
                        Optional.ofNullable(base).map(String::strip).filter(name -> !name.isEmpty())),
                surroundings);
    }
}
