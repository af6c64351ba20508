package io.rosbalena.maven;

import io.rosbalena.balena.ApiUrl;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What the goals share that ask a server of fleets. Their token is looked for in the server {@code balena} of
 * {@code settings.xml} (its password), in {@code BALENA_API_KEY}, and in the file that {@code login} and balena's command
 * line write.
 */
abstract class FleetMojo extends RobotMojo {
    /**
     * The fleet: {@code organization/fleet} as the dashboard shows it, or its uuid; its name alone where only one of yours
     * has it. Also {@code -Dfleet}.
     */
    @Parameter(property = "rosbalena.fleet")
    private @Nullable String fleet;

    /** The API of balenaCloud, or of an openBalena: {@code https://api.example.com}. */
    @Parameter(property = "rosbalena.apiUrl", defaultValue = ApiUrl.BALENA_CLOUD)
    private String apiUrl;

    @Override
    protected final void perform(RobotProject robot, Surroundings surroundings)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        FleetAccess access = new FleetAccess(ApiUrl.parse(apiUrl), tokens(), stated(fleet, "fleet"));
        perform(robot, access, surroundings);
    }

    /** A misspelt {@code dryRun} would be a release that nobody can take back. */
    @Override
    protected final boolean changesRobots() {
        return true;
    }

    /** The goal's one call. */
    protected abstract void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException;
}
