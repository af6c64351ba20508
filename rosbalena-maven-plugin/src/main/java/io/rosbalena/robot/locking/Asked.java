package io.rosbalena.robot.locking;

import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.compose.Service;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.CompilingFor;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.rosdep.RosdepSource;
import io.rosbalena.rosdep.RosdepSources;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.workspace.BuildClosure;
import io.rosbalena.workspace.DependencyTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Digests everything that a lock answers. The sources' own text is no part of it: a changed line of code asks nothing. Nor
 * are variables of conditions: a lock answers the keys and build types that are left when conditions are decided. Nor are indexes of wheels:
 * a wheel is the same wherever it comes from.
 */
final class Asked {
    private Asked() {}

    static Digest digest(Robot robot) throws IOException {
        RobotProject project = robot.project();
        KeyBuilder key = new KeyBuilder()
                .add("from", project.target().from().orElse(""))
                .add("rosDistro", robot.rosDistro())
                .add("platforms", robot.platforms())
                .add("aptSources", project.apt().sources())
                .add("replace", Boolean.toString(project.apt().replace()))
                .add("rosdepSources", project.rosdep().sources())
                .add("rosdistroIndex", project.rosdep().index().orElse(""))
                .add("rosdistroTag", project.rosdep().tag().orElse(""))
                .add("skipKeys", project.rosdep().skipKeys().stream().sorted().toList());
        if (project.apt().installRecommends()) {
            key.add("installRecommends", "true");
        }
        if (!project.build().byteCode()) {
            key.add("byteCode", "false");
        }
        if (project.build().ccache()) {
            key.add("ccache", "true");
        }
        if (!project.apt().prune()) {
            key.add("prune", "false");
        } else if (project.rosdep().dependencyTypes().equals(DependencyTypes.ALL.word())) {
            key.add("prune", "not what is asked for");
        }
        if (!project.apt().upgradeBase().words().isEmpty()) {
            key.add("upgradeBase", project.apt().upgradeBase().words());
        }
        List<String> unsigned = project.apt().trust().allowUnsigned();
        if (!unsigned.isEmpty()) {
            key.add("allowUnsigned", unsigned.stream().sorted().toList());
        }
        project.apt().trust().snapshotDate().ifPresent(date -> key.add("snapshotDate", date));
        for (RosdepSource overlay : RosdepSources.overlays(project.files().directory())) {
            key.add("overlay " + overlay.name(), Digest.of(Path.of(overlay.uri())));
        }
        for (RobotService service : robot.services()) {
            key.add("service", service.name())
                    .add("keys", service.keys())
                    .add("apt", service.compose().extension().apt());
        }
        for (Service service : robot.compose().services().values()) {
            if (service.isForeign()) {
                key.add("image " + service.name(), service.image().orElse(""));
            }
        }
        BuildNeeds build = BuildNeeds.of(robot);
        key.add(
                        "build",
                        build.closure()
                                .map(BuildClosure::keys)
                                .map(keys -> keys.keySet())
                                .orElse(Set.of()))
                .add("buildTypes", build.buildTypes());
        for (CompilingFor one : CompilingFor.all(robot, build)) {
            // Not for robots that are compiled on what they run on, whose locks are older than this.
            if (!one.images() || !one.targets().isEmpty()) {
                key.add("compiled on", one.platform().toString())
                        .add(
                                "compiled for",
                                one.targets().stream()
                                        .map(GnuMachine::architecture)
                                        .toList());
            }
        }
        return key.build();
    }

    /** Digests what the tests of a robot's packages ask for besides. */
    static Digest ofTests(Robot robot) {
        TestNeeds tests = TestNeeds.of(robot);
        return new KeyBuilder()
                .add("keys", tests.keys().keySet())
                .add("buildTypes", tests.buildTypes())
                .build();
    }
}
