package io.rosbalena.robot.locking;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import io.rosbalena.lock.Lock;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.wheel.ProjectName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a user wants newer versions of. */
final class UpdateNames {
    private static final int SUGGESTED = 3;

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
        int allowed = Math.max(1, name.length() / 3);
        List<String> near = all.stream()
                .filter(other -> Spelling.distance(name, other, allowed) <= allowed)
                .sorted(Comparator.comparingInt((String other) -> Spelling.distance(name, other, allowed))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTED)
                .toList();
        return Finding.error("RB306", "the lock has neither a Debian package nor a wheel " + name)
                .at(project.files().show(project.files().lock()))
                .fix((near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ")
                        + "mvn rosbalena:resolve lists what it has; packages of the base image are not in it");
    }
}
