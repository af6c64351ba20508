package io.rosbalena.maven;

import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.Variables;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the variables of a fleet, of its services or of one device differ from those that are checked in, and with
 * {@code -Drosbalena.apply} sets them. Variables that only the server has are told and left alone; values of secrets come
 * from the environment or from {@code .env} and are never shown.
 */
@Mojo(name = "env", requiresProject = false, threadSafe = true)
public final class EnvMojo extends FleetMojo {
    /** The file with the variables: name, type, default, description, secret, scope. */
    @Parameter(property = "rosbalena.envFile", defaultValue = "${basedir}/balena-env.yml")
    private File envFile;

    /** A device, by name or uuid, that gets the variables of which each device has its own. Also {@code -Ddevice}. */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    /** Whether the server is changed. */
    @Parameter(property = "rosbalena.apply", defaultValue = "false")
    private boolean apply;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Variables.run(
                robot,
                access,
                new Variables.Request(
                        envFile.toPath().toAbsolutePath().normalize(),
                        stated(device, "device"),
                        apply,
                        System.getenv()),
                surroundings,
                System.out::println);
    }
}
