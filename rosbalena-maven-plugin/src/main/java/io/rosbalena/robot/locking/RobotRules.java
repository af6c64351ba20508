package io.rosbalena.robot.locking;

import io.rosbalena.apt.index.ArchiveRules;
import io.rosbalena.apt.source.Locations;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.RobotProject;
import java.io.IOException;
import java.util.Set;

/** What a robot's user allows and asks of archives beyond their sources. */
final class RobotRules {
    private RobotRules() {}

    /**
     * Reads the project's parameters and the base's preferences.
     *
     * @param findings gets warnings of the base
     * @throws FindingException RB255 if an archive is not named by its URI
     */
    static ArchiveRules of(RobotProject project, Base base, Findings findings) throws IOException {
        Locations unsigned = Locations.of(project.apt().trust().allowUnsigned());
        if (!unsigned.refused().isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB255", "cannot use <allowUnsigned>: " + String.join("; ", unsigned.refused()))
                    .at("pom.xml")
                    .fix("name the archive by its URI, as the source writes it: what an unsigned archive says of itself"
                            + " anybody could say"));
        }
        return new ArchiveRules(Set.copyOf(unsigned.uris()), base.snapshots(), base.preferences(findings));
    }
}
