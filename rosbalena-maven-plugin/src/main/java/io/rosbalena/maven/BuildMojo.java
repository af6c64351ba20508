package io.rosbalena.maven;

import io.rosbalena.robot.building.BuildOutcome;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Builds the robot's container images and its resolved manifest from the workspace and the lock. The first build writes
 * the lock. Images stand in {@code target/rosbalena/images} (an OCI layout), the manifest in
 * {@code target/rosbalena/docker-compose.yml}. What is compiled is stripped; its debug files stand in an archive in
 * {@code target/rosbalena/debug}, an artifact of the classifier {@code debug}.
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class BuildMojo extends RobotMojo {
    private final MavenProjectHelper artifacts;

    @Inject
    public BuildMojo(MavenProjectHelper artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        BuildOutcome outcome = Building.build(robot, surroundings);
        if (project.getPackaging().equals("rosbalena")) {
            project.getArtifact().setFile(outcome.manifest().toFile());
            outcome.otherManifests()
                    .forEach((architecture, file) ->
                            artifacts.attachArtifact(project, "yml", architecture, file.toFile()));
            outcome.debug()
                    .forEach((classifier, file) ->
                            artifacts.attachArtifact(project, "tar.gz", classifier, file.toFile()));
        }
    }
}
