package io.rosbalena.robot.building;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.compose.CommandScript;
import io.rosbalena.compose.CommandScripts;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.compose.RosDefaults;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.service.ServiceCommand;
import io.rosbalena.robot.service.ServiceImages;
import io.rosbalena.store.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The robot's manifest, resolved but for its images.
 *
 * @param model what stands in it
 * @param scripts what the images must hold for it
 */
record Manifest(ComposeModel model, List<CommandScript> scripts) {
    Manifest {
        scripts = List.copyOf(scripts);
    }

    static Manifest of(Robot robot, CompiledWorkspace compiled, LockedPlatform locked, Findings findings) {
        ComposeModel model = robot.compose();
        Set<String> ros = new TreeSet<>();
        for (RobotService service : robot.services()) {
            SortedMap<String, InstallTree> trees = new TreeMap<>(compiled.trees());
            trees.keySet().retainAll(service.packages());
            ServiceCommand commands = new ServiceCommand(trees);
            model = model.map(one -> one.name().equals(service.name()) ? commands.withPaths(one, findings) : one);
            if (ServiceImages.isRos(service, locked.members(service.name()))) {
                ros.add(service.name());
            }
        }
        CommandScripts scripts = CommandScripts.of(RosDefaults.apply(model, ros), findings);
        return new Manifest(scripts.model(), scripts.scripts());
    }

    /** The manifest's bytes with these images. */
    byte[] bytes(String project, Map<String, Digest> images) {
        Map<String, String> references = new TreeMap<>();
        images.forEach((service, digest) ->
                references.put(service, ManifestEmitter.reference(project, service, digest.toString())));
        return ManifestEmitter.emit(model, references);
    }
}
