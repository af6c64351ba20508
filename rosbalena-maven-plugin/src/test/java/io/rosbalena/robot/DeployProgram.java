package io.rosbalena.robot;

import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.robot.deploying.DeployRequest;
import io.rosbalena.robot.deploying.Deploying;
import io.rosbalena.robot.fleet.FleetAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Deploys a small robot, in a Java machine that a test sends signals to. */
final class DeployProgram {
    private DeployProgram() {}

    /** @param arguments a folder for the robot, and the address of the API */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SmallRobot robot = SmallRobot.in(Path.of(arguments[0]));
        ApiToken token = ApiToken.of(StandInApi.TOKEN, "the test");
        Deploying.deploy(
                robot.robotProject(),
                new FleetAccess(
                        ApiUrl.parse(arguments[1]),
                        List.of(() -> Optional.of(token)),
                        Optional.of(DeployedRobot.FLEET)),
                new DeployRequest(false, false, false, Optional.empty(), "0.1.0"),
                robot.surroundings());
    }
}
