package io.rosbalena.robot.project;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.RosDefaults;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.rules.Contents;
import io.rosbalena.lint.rules.ManifestRules;
import io.rosbalena.lint.rules.RobotView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies the rules over manifests to a robot: first with what is known without a lock, then, once there is one, with
 * the system packages of each service.
 */
public final class ManifestLint {
    private ManifestLint() {}

    /** What the manifest, the workspace and the POM say. */
    static void check(
            RobotProject project,
            ComposeModel compose,
            List<RobotService> services,
            List<Platform> platforms,
            String rosDistro,
            Findings findings) {
        Map<String, Contents> contents = new HashMap<>();
        services.forEach(service -> contents.put(service.name(), Contents.unlocked(service.packages())));
        ManifestRules.check(view(project, compose, platforms, rosDistro, contents), findings);
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
                view(robot.project(), robot.compose(), robot.platforms(), robot.rosDistro(), contents), all);
        Set<Finding> told = new HashSet<>(robot.findings());
        all.all().stream().filter(finding -> !told.contains(finding)).forEach(findings::add);
    }

    private static RobotView view(
            RobotProject project,
            ComposeModel compose,
            List<Platform> platforms,
            String rosDistro,
            Map<String, Contents> contents) {
        Set<String> ros = new TreeSet<>();
        contents.forEach((service, holds) -> {
            if (holds.isRos()) {
                ros.add(service);
            }
        });
        return new RobotView(
                RosDefaults.apply(compose, ros),
                platforms,
                project.target().deviceTypes().stream()
                        .flatMap(slug -> DeviceType.find(slug.strip()).stream())
                        .toList(),
                Optional.of(rosDistro),
                contents,
                Set.copyOf(project.manifest().accept()),
                project.target().from());
    }
}
