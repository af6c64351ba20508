package io.rosbalena.maven;

import io.rosbalena.robot.fleet.DeviceList;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Lists the devices of a fleet: name, uuid, state, release, versions, type.
 */
@Mojo(name = "devices", requiresProject = false, threadSafe = true)
public final class DevicesMojo extends FleetMojo {
    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        DeviceList.run(access, surroundings, System.out::println);
    }
}
