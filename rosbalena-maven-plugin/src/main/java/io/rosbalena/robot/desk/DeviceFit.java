package io.rosbalena.robot.desk;

import io.rosbalena.device.Supervisor;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Console;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a robot is built for the device that it is sent to. */
final class DeviceFit {
    private static final Map<String, String> PLATFORMS = Map.of("amd64", "linux/amd64", "aarch64", "linux/arm64");

    private DeviceFit() {}

    /**
     * The platform whose images the device takes.
     *
     * @param console hears RB666 if the device is of another type than the project names
     * @throws FindingException RB665 if there are none for it
     */
    static Platform platform(RobotProject.Target target, DeskDevice device, Console console) {
        Supervisor.DeviceInfo info = device.info();
        List<Platform> built = Platforms.of(target);
        Optional<Platform> platform = Optional.ofNullable(PLATFORMS.get(info.architecture()))
                .map(Platform::parse)
                .filter(built::contains);
        if (platform.isEmpty()) {
            throw FindingException.input(
                    Finding.error(
                                    "RB665",
                                    device.name() + " is a " + info.type() + " of the architecture "
                                            + info.architecture()
                                            + ", and the robot is built for "
                                            + String.join(
                                                    ", ",
                                                    built.stream()
                                                            .map(Platform::toString)
                                                            .toList()))
                            .at("pom.xml")
                            .fix(
                                    PLATFORMS.containsKey(info.architecture())
                                            ? "add <platforms>" + PLATFORMS.get(info.architecture())
                                                    + "</platforms>, or choose another" + " device"
                                            : "ROS 2 has packages for amd64 and aarch64 alone: choose a 64-bit balenaOS for this device"));
        }
        if (!target.deviceTypes().isEmpty()
                && target.deviceTypes().stream().noneMatch(type -> same(type, info.type()))) {
            console.finding(Finding.warning(
                            "RB666",
                            device.name() + " is a " + info.type() + ", and the robot is built for "
                                    + String.join(", ", target.deviceTypes()))
                    .at("pom.xml")
                    .fix("cameras, buses and ports may have other names there; add it to <deviceTypes> if the robot is"
                            + " for both"));
        }
        return platform.get();
    }

    private static boolean same(String stated, String type) {
        return DeviceType.find(stated.strip())
                .map(DeviceType::slug)
                .equals(DeviceType.find(type).map(DeviceType::slug).or(() -> Optional.of(type)));
    }
}
