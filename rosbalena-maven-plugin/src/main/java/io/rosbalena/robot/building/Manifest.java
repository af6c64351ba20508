package io.rosbalena.robot.building;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.compose.CommandScripts;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.FastDdsProfile;
import io.rosbalena.compose.ImageFile;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.compose.RosImage;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.rules.Contents;
import io.rosbalena.robot.project.ManifestLint;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.service.ServiceCommand;
import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The robot's manifest, resolved but for its images.
 *
 * @param model what stands in it
 * @param files what the images must hold for it
 */
record Manifest(ComposeModel model, List<ImageFile> files) {
    Manifest {
        files = List.copyOf(files);
    }

    static Manifest of(Robot robot, CompiledWorkspace compiled, Map<String, Contents> contents, Findings findings) {
        ComposeModel model = robot.compose();
        Map<String, RosImage> ros = new TreeMap<>();
        for (RobotService service : robot.services()) {
            SortedMap<String, InstallTree> trees = new TreeMap<>(compiled.trees());
            trees.keySet().retainAll(service.packages());
            ServiceCommand commands = new ServiceCommand(trees);
            model = model.map(one -> one.name().equals(service.name()) ? commands.withPaths(one, findings) : one);
            Contents holds = Objects.requireNonNull(contents.get(service.name()));
            if (holds.isRos()) {
                ros.put(service.name(), holds.image(Optional.of(robot.rosDistro())));
            }
        }
        CommandScripts scripts = CommandScripts.of(ManifestLint.withDefaults(robot.project(), model, ros), findings);
        List<ImageFile> files = new ArrayList<>(scripts.scripts());
        files.addAll(FastDdsProfile.files(scripts.model()));
        return new Manifest(scripts.model(), files);
    }

    /** The manifest's bytes with these images. */
    byte[] bytes(String project, Map<String, Digest> images) {
        Map<String, String> references = new TreeMap<>();
        images.forEach((service, digest) ->
                references.put(service, ManifestEmitter.reference(project, service, digest.toString())));
        return ManifestEmitter.emit(model, references);
    }
}
