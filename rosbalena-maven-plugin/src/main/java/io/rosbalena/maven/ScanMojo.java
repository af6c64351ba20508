package io.rosbalena.maven;

import io.rosbalena.robot.desk.Scanning;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Looks for devices in the networks of this machine: by multicast DNS, then by a probe of the ports that balenaOS opens in
 * development mode. Needs no project.
 */
@Mojo(name = "scan", requiresProject = false, threadSafe = true)
public final class ScanMojo extends RobotMojo {
    /**
     * Where to look in place of listening, for networks in which multicast does not arrive: {@code 192.168.1.5}, or
     * {@code 192.168.1.0/24} and smaller. Also {@code -Ddevice}.
     */
    @Parameter(property = "rosbalena.device")
    private @Nullable String device;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Scanning.scan(stated(device, "device"), surroundings).forEach(line -> getLog().info(line));
    }
}
