package io.rosbalena.robot.base;

import io.rosbalena.apt.index.SnapshotDate;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a robot's archives can be had as they were, and whether its user wants them so. */
final class RobotSnapshots {
    private RobotSnapshots() {}

    /**
     * Reads the project's parameters; its addresses come before those that everybody knows.
     *
     * @throws FindingException RB259 with everything that is wrong with them
     */
    static Snapshots of(Robot robot) throws IOException {
        RobotProject project = robot.project();
        RobotProject.Trust trust = project.apt().trust();
        List<String> wrong = new ArrayList<>();
        Map<String, String> addresses = new TreeMap<>(Snapshots.known());
        addresses.putAll(Snapshots.read(trust.snapshots(), wrong));
        Optional<SnapshotDate> date = trust.snapshotDate().flatMap(SnapshotDate::parse);
        if (trust.snapshotDate().isPresent() && date.isEmpty()) {
            wrong.add(
                    "<snapshotDate> is \"" + trust.snapshotDate().get() + "\", neither YYYYMMDD nor YYYYMMDDTHHMMSSZ");
        }
        if (!wrong.isEmpty()) {
            throw FindingException.input(Finding.error("RB259", String.join("; ", wrong))
                    .at("pom.xml")
                    .fix("<snapshots> names for an Origin the address of its snapshots, with {stamp} or {date} where"
                            + " <snapshotDate> goes"));
        }
        return new Snapshots(addresses, robot.rosDistro(), ProjectSources.keyring(project), date);
    }
}
