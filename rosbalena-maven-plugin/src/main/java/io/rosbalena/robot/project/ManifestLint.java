package io.rosbalena.robot.project;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.RosDefaults;
import io.rosbalena.compose.RosImage;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.hardware.HardwareDefaults;
import io.rosbalena.lint.rules.Contents;
import io.rosbalena.lint.rules.ManifestRules;
import io.rosbalena.lint.rules.RobotView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies the rules over manifests to a robot: first with what is known without a lock, then, once there is one, with
 * the system packages of each service.
 */
public final class ManifestLint {
    private ManifestLint() {}

    /** What a manifest says whose workspace is not known. */
    public static void check(RobotProject project, ComposeModel compose, Findings findings) {
        ManifestRules.check(
                view(project, compose, platforms(project), project.target().rosDistro(), Map.of()), findings);
    }

    /** What the manifest, the workspace and the POM say. */
    static void check(
            RobotProject project,
            ComposeModel compose,
            List<RobotService> services,
            List<Platform> platforms,
            String rosDistro,
            Findings findings) {
        ManifestRules.check(view(project, compose, platforms, Optional.of(rosDistro), unlocked(services)), findings);
    }

    /**
     * What the lock adds to that.
     *
     * @param contents what is in the image of each service
     * @param findings receives what was not told when the robot was read
     */
    public static void check(Robot robot, Map<String, Contents> contents, Findings findings) {
        Findings all = new Findings();
        ManifestRules.check(
                view(robot.project(), robot.compose(), robot.platforms(), Optional.of(robot.rosDistro()), contents),
                all);
        Set<Finding> told = new HashSet<>(robot.findings());
        all.all().stream().filter(finding -> !told.contains(finding)).forEach(findings::add);
    }

    private static RobotView view(
            RobotProject project,
            ComposeModel compose,
            List<Platform> platforms,
            Optional<String> rosDistro,
            Map<String, Contents> contents) {
        return new RobotView(
                withDefaults(project, compose, rosDistro, contents),
                platforms,
                deviceTypes(project),
                rosDistro,
                contents,
                Set.copyOf(project.manifest().accept()),
                project.target().from());
    }

    /** The manifest with what ROS services get where it leaves that open, as far as it is known without a lock. */
    public static ComposeModel withDefaults(Robot robot) {
        return withDefaults(
                robot.project(), robot.compose(), Optional.of(robot.rosDistro()), unlocked(robot.services()));
    }

    /** The same where the workspace is not known. */
    public static ComposeModel withDefaults(RobotProject project, ComposeModel compose) {
        return withDefaults(project, compose, project.target().rosDistro(), Map.of());
    }

    private static ComposeModel withDefaults(
            RobotProject project, ComposeModel compose, Optional<String> rosDistro, Map<String, Contents> contents) {
        Map<String, RosImage> ros = new HashMap<>();
        contents.forEach((service, holds) -> {
            if (holds.isRos()) {
                ros.put(service, holds.image(rosDistro));
            }
        });
        return withDefaults(project, compose, ros);
    }

    /**
     * A manifest with what its services get where it leaves that open.
     *
     * @param ros the images of services that take part in ROS, by service
     */
    public static ComposeModel withDefaults(RobotProject project, ComposeModel compose, Map<String, RosImage> ros) {
        return HardwareDefaults.apply(RosDefaults.apply(compose, ros), ros.keySet(), deviceTypes(project));
    }

    private static Map<String, Contents> unlocked(List<RobotService> services) {
        Map<String, Contents> contents = new HashMap<>();
        services.forEach(service -> contents.put(service.name(), Contents.unlocked(service.packages())));
        return contents;
    }

    private static List<DeviceType> deviceTypes(RobotProject project) {
        return project.target().deviceTypes().stream()
                .flatMap(slug -> DeviceType.find(slug.strip()).stream())
                .toList();
    }

    /** Those that are asked for; none if nobody says what the robot's computer is. */
    private static List<Platform> platforms(RobotProject project) {
        RobotProject.Target target = project.target();
        return target.platforms().isEmpty() && target.deviceTypes().isEmpty() ? List.of() : Platforms.of(target);
    }
}
