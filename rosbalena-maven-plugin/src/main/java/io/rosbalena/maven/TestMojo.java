package io.rosbalena.maven;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.testing.TestRequest;
import io.rosbalena.robot.testing.Testing;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the workspace's packages with their tests and runs {@code colcon test} in a locked root that also holds what
 * {@code test_depend} names. Results stand in {@code target/surefire-reports}, in Surefire's form; what was printed in
 * {@code target/rosbalena/log/PACKAGE-test.log}. Images do not change by it.
 */
@Mojo(name = "test", defaultPhase = LifecyclePhase.TEST, threadSafe = true)
public final class TestMojo extends RobotMojo {
    /** Names of the packages to test, separated by commas; without it all of the workspace. */
    @Parameter(property = "packages")
    private @Nullable List<String> packages;

    /** The folder that gets {@code TEST-….xml}. */
    @Parameter(property = "rosbalena.reportsDirectory", defaultValue = "${project.build.directory}/surefire-reports")
    private File reportsDirectory;

    /** Do not test, as for Surefire. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    /** The same: Maven's older word, which also means not to compile tests. */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    private boolean skipAll;

    /** Whether the build goes on when tests fail, as for Surefire. Packages that do not compile end it all the same. */
    @Parameter(property = "maven.test.failure.ignore", defaultValue = "false")
    private boolean testFailureIgnore;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        if (skipTests || skipAll) {
            getLog().info("Tests are skipped.");
            return;
        }
        Testing.test(
                robot,
                new TestRequest(
                        words(packages),
                        reportsDirectory.toPath().toAbsolutePath().normalize(),
                        testFailureIgnore),
                surroundings);
    }
}
