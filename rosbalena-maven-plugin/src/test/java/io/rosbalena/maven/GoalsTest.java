package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals as Maven makes, configures and starts them. */
@MojoTest
class GoalsTest {
    @TempDir
    Path folder;

    @Provides
    MavenSession session() {
        Properties user = new Properties();
        user.setProperty("rosbalena.deviceTypes", "raspberrypi5,generic-amd64");
        user.setProperty("rosbalena.store", folder.resolve("store").toString());
        user.setProperty("service", "camera,planner");
        // Maven itself makes its sessions this way, up to 3.9.
        @SuppressWarnings("deprecation")
        MavenSession session = new MavenSession(
                null,
                new DefaultRepositorySystemSession(),
                new DefaultMavenExecutionRequest().setUserProperties(user).setOffline(true),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(project()));
        return session;
    }

    private MavenProject project() {
        MavenProject project = new MavenProject();
        project.setGroupId("test");
        project.setArtifactId("robot");
        project.setVersion("1");
        project.setFile(folder.resolve("pom.xml").toFile());
        Build build = new Build();
        build.setDirectory(folder.resolve("target").toString());
        project.setBuild(build);
        return project;
    }

    @Test
    @InjectMojo(goal = "build")
    @MojoParameter(name = "skip", value = "true")
    void aSkippedGoalTouchesNothing(BuildMojo build) throws Exception {
        build.execute();
        assertThat(folder.resolve("store")).doesNotExist();
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "test")
    @MojoParameter(name = "skipTests", value = "true")
    void testsThatAreSkippedReadNoProject(TestMojo test) throws Exception {
        test.execute();
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "resolve")
    @MojoParameter(name = "deviceTypes", value = "raspbery-pi")
    void whatTheUserCanMendIsAFailureThatHoldsTheFinding(ResolveMojo resolve) {
        assertThatThrownBy(resolve::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("RB713")
                .hasMessageContaining("rosDistro");
    }

    @Test
    @InjectMojo(goal = "run")
    @MojoParameter(name = "seconds", value = "7")
    void userPropertiesReachTheGoal(RunMojo run) throws Exception {
        assertThat(MojoExtension.<List<String>>getVariableValueFromObject(run, "deviceTypes"))
                .containsExactly("raspberrypi5", "generic-amd64");
        assertThat(MojoExtension.<List<String>>getVariableValueFromObject(run, "service"))
                .containsExactly("camera", "planner");
        assertThat(MojoExtension.<Integer>getVariableValueFromObject(run, "seconds"))
                .isEqualTo(7);
    }

    @Test
    @InjectMojo(goal = "clean-store")
    void theStoreIsEmptied(CleanStoreMojo clean) throws Exception {
        Path blobs = Files.createDirectories(folder.resolve("store/blobs/sha256"));
        Files.writeString(blobs.resolve("00"), "old");
        clean.execute();
        assertThat(blobs).isEmptyDirectory();
    }
}
