package io.rosbalena.robot.linting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.rules.Contents;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.ContractFile;
import io.rosbalena.robot.project.ManifestLint;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Linting: what can be said of a project without network, compiler or lock. */
public final class Linting {
    private Linting() {}

    /**
     * Looks at a whole project. A lock that is there tells which packages services have; whether it still answers the
     * project is not asked.
     *
     * @return everything that is wrong, in its order
     */
    public static List<Finding> lint(RobotProject project, BlobStore store) throws IOException, InterruptedException {
        Findings findings = new Findings();
        try {
            Robot robot = Robot.read(project, store);
            findings.addAll(robot.findings());
            locked(robot, findings);
        } catch (FindingException e) {
            if (e.kind() != FindingException.Kind.INPUT) {
                throw e;
            }
            findings.addAll(e.findings());
        }
        return findings.all();
    }

    /**
     * Looks at a compose file alone, for who has no workspace or no POM yet.
     *
     * @return everything that is wrong, in its order
     */
    public static List<Finding> lintManifest(RobotProject project) throws IOException {
        Findings findings = new Findings();
        try {
            ManifestLint.check(project, LoneManifest.read(project, findings), findings);
            ContractFile.read(project, List.of(), findings);
        } catch (FindingException e) {
            findings.addAll(e.findings());
        }
        return findings.all();
    }

    private static void locked(Robot robot, Findings findings) throws IOException {
        RobotProject.Files files = robot.project().files();
        Optional<LockedPlatform> locked = LockFile.read(files.lock(), files.show(files.lock()))
                .map(file ->
                        file.lock().platforms().get(robot.platforms().get(0).toString()))
                // Which packages a base that is an image has is not known without the image.
                .filter(platform -> platform.base().from().equals(Base.APT));
        if (locked.isEmpty()) {
            return;
        }
        Map<String, Contents> contents = new HashMap<>();
        for (RobotService service : robot.services()) {
            SortedSet<String> system = new TreeSet<>();
            locked.get().members(service.name()).forEach(one -> system.add(one.name()));
            contents.put(service.name(), new Contents(service.packages(), Optional.of(system), Set.of()));
        }
        ManifestLint.check(robot, contents, findings);
    }
}
