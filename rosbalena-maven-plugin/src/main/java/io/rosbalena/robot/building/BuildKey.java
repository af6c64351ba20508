package io.rosbalena.robot.building;

import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.colcon.Engine;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.lint.secret.AcceptedSecrets;
import io.rosbalena.lock.LockFile;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Repository;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.service.ServiceFiles;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Digests everything that a build depends on. */
final class BuildKey {
    private BuildKey() {}

    static Digest of(
            Robot robot,
            LockFile lock,
            BuildNeeds needs,
            SortedMap<String, SourceTree> sources,
            Optional<Engine> engine,
            List<Digest> signers,
            SortedMap<String, ServiceFiles> serviceFiles)
            throws IOException {
        KeyBuilder key = new KeyBuilder()
                .add("project", robot.project().coordinates())
                .add("distro", robot.rosDistro())
                .add("platforms", robot.platforms())
                .add("host", System.getProperty("os.arch"))
                .add("lock", lock.digest())
                .add("unknownScripts", robot.unknownScripts().word())
                .add("allowSetId", robot.allowSetId().stream().sorted().toList())
                .add("pruneDocs", Boolean.toString(robot.project().build().pruneDocs()))
                .add("runtimeTrees", Boolean.toString(robot.project().build().runtimeTrees()))
                .add("preflight", robot.preflight().word())
                .add("strict", Boolean.toString(robot.project().build().strict()));
        // What the lock does not answer for.
        engine.ifPresent(one -> key.add("engine", one.name().word()).add("of this machine", one.identity()));
        // What came from a signer counts as long as he is trusted.
        if (!signers.isEmpty()) {
            key.add("signers", signers);
        }
        // Which packages see which ones while they are compiled follows from these as well as from the sources.
        new TreeMap<>(robot.conditions().colcon()).forEach((name, value) -> key.add("variable " + name, value));
        if (!robot.colcon().equals(ColconSettings.NONE)) {
            key.add("colcon", robot.colcon().toString());
        }
        if (!robot.emulated().isEmpty()) {
            key.add("emulated", robot.emulated());
        }
        robot.contract().ifPresent(one -> key.add("contract", Digest.of(one.bytes())));
        SortedSet<String> accepted =
                AcceptedSecrets.among(robot.project().manifest().accept()).words();
        if (!accepted.isEmpty()) {
            key.add("accepted", accepted);
        }
        for (RosPackage one : needs.packages()) {
            SourceTree source = sources.get(one.name());
            if (source != null) {
                key.add("package", one.name())
                        .add("type", one.type())
                        .add("path", one.path())
                        .add("source", source.digest());
            }
        }
        for (RobotService service : robot.services()) {
            key.add("service", service.name())
                    .add("own", service.own())
                    .add("holds", service.packages())
                    .add(
                            "files",
                            Optional.ofNullable(serviceFiles.get(service.name()))
                                    .orElseThrow()
                                    .digest());
        }
        for (Service service : robot.compose().services().values()) {
            key.add("name", service.name())
                    .add("fields", service.fields().toString())
                    .add("extension", service.extension().toString())
                    .add("build", service.build().toString())
                    .add("image", service.image().toString());
        }
        boolean hardware = !robot.compose().extension().hardware().isEmpty()
                || robot.compose().services().values().stream()
                        .anyMatch(service -> !service.extension().hardware().isEmpty());
        if (hardware) {
            key.add("deviceTypes", robot.project().target().deviceTypes());
        }
        for (Repository repository : robot.repositories()) {
            key.add("repository", repository.toString());
        }
        for (Finding finding : robot.findings()) {
            key.add("finding", finding.print());
        }
        return key.add("networks", robot.compose().networks().toString())
                .add("volumes", robot.compose().volumes())
                .add("robot", robot.compose().extension().toString())
                .build();
    }
}
