package io.rosbalena.robot.locking;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import io.rosbalena.lock.Lock;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.wheel.ProjectName;
import java.util.Set;
import java.util.TreeSet;

/** What a user wants newer versions of. */
final class UpdateNames {
    private UpdateNames() {}

    /**
     * The names as the lock has them: a Python project may be spelled in any way.
     *
     * @throws io.rosbalena.finding.FindingException RB306 with all that the lock does not have
     */
    static Set<String> known(Lock lock, Set<String> names, RobotProject project) {
        Set<String> debs = new TreeSet<>();
        Set<String> wheels = new TreeSet<>();
        lock.platforms().values().forEach(platform -> {
            platform.packages().forEach(one -> debs.add(one.name()));
            platform.installedWheels().forEach(one -> wheels.add(one.name()));
        });
        Set<String> known = new TreeSet<>();
        Findings findings = new Findings();
        for (String name : new TreeSet<>(names)) {
            if (debs.contains(name)) {
                known.add(name);
            } else if (wheels.contains(ProjectName.normalize(name))) {
                known.add(ProjectName.normalize(name));
            } else {
                Set<String> all = new TreeSet<>(debs);
                all.addAll(wheels);
                findings.add(unknown(name, all, project));
            }
        }
        findings.throwIfErrors();
        return known;
    }

    private static Finding unknown(String name, Set<String> all, RobotProject project) {
        return Finding.error("RB306", "the lock has neither a Debian package nor a wheel " + name)
                .at(project.files().show(project.files().lock()))
                .fix(Spelling.nearest(name, all)
                                .map(word -> "did you mean " + word + "? ")
                                .orElse("")
                        + "mvn rosbalena:resolve lists what it has; packages of the base image are not in it");
    }
}
