package io.rosbalena.maven;

import io.rosbalena.robot.Running;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds what is not built, then starts the services on this machine, without Docker and without root: host network, the
 * host's {@code /dev/shm}, each service in a root of its own made from its image's layers. Ctrl-C stops them as the
 * robot would: stop signal, grace period, kill. A second Ctrl-C changes nothing of that.
 */
@Mojo(name = "run", threadSafe = true)
public final class RunMojo extends RobotMojo {
    /** Stop after so many seconds; 0 runs until Ctrl-C or until every service has ended. */
    @Parameter(property = "rosbalena.run.seconds", defaultValue = "0")
    private int seconds;

    /** Services to start, with those that they depend on; without it all of them. */
    @Parameter(property = "service")
    private @Nullable List<String> service;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Running.run(
                robot,
                surroundings,
                service == null ? List.of() : service,
                seconds,
                System.getenv(),
                System.out::println);
    }
}
