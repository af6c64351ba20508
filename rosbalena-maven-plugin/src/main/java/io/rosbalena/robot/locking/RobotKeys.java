package io.rosbalena.robot.locking;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.RosCommand;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.rosdep.KeyUse;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.workspace.KeyOrigin;
import io.rosbalena.yaml.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rosdep keys that a robot asks for, by its packages and by the commands of its services. */
final class RobotKeys {
    private RobotKeys() {}

    /**
     * Resolves all of them for a system.
     *
     * @throws io.rosbalena.finding.FindingException with every key that is not defined, or that images cannot hold
     */
    static ResolvedKeys resolve(
            Robot robot, BuildNeeds build, Optional<TestNeeds> tests, RosdepDatabase database, TargetOs os) {
        ResolvedKeys keys = database.resolveAll(uses(robot, build, tests), os);
        Findings findings = new Findings();
        findings.addAll(keys.findings());
        findings.throwIfErrors();
        return keys;
    }

    /**
     * Every place that asks for a key; those of {@code skipKeys} are left out.
     *
     * @param tests what tests need; empty if there is to be no root for them
     */
    static List<KeyUse> uses(Robot robot, BuildNeeds build, Optional<TestNeeds> tests) {
        List<KeyUse> uses = new ArrayList<>();
        for (RobotService service : robot.services()) {
            service.closure().ifPresent(closure -> add(closure.keys(), uses));
            RosCommand.key(service)
                    .filter(key -> service.keys().contains(key))
                    .ifPresent(key -> uses.add(command(key, service.compose())));
            service.tools().forEach(key -> uses.add(new KeyUse(key, "service " + service.name(), "pom.xml", 0)));
        }
        build.closure().ifPresent(closure -> add(closure.keys(), uses));
        tests.ifPresent(needs -> add(needs.keys(), uses));
        uses.removeIf(use -> robot.project().rosdep().skipKeys().contains(use.key()));
        Map<String, KeyUse> each = new LinkedHashMap<>();
        uses.forEach(use -> each.putIfAbsent(use.key() + "\n" + use.packageName() + "\n" + use.place(), use));
        return List.copyOf(each.values());
    }

    private static KeyUse command(String key, Service service) {
        Position place = service.places().of(RosCommand.field(service).orElse(""));
        return new KeyUse(key, "service " + service.name(), place.file(), place.line());
    }

    private static void add(Map<String, List<KeyOrigin>> keys, List<KeyUse> uses) {
        keys.forEach((key, origins) -> origins.forEach(
                origin -> uses.add(new KeyUse(key, origin.packageName(), origin.file(), origin.line()))));
    }
}
