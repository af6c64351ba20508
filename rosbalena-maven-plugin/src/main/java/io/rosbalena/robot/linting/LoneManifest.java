package io.rosbalena.robot.linting;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.ManifestFile;
import io.rosbalena.robot.project.RobotProject;
import java.nio.file.Files;
import java.nio.file.Path;

/** A compose file in a folder without POM. */
final class LoneManifest {
    private LoneManifest() {}

    /**
     * Reads it.
     *
     * @throws FindingException RB738 if there is none, for then there is nothing to look at
     */
    static ComposeModel read(RobotProject project, Findings findings) {
        Path file = project.files().compose();
        if (!Files.exists(file)) {
            throw FindingException.input(
                    Finding.error("RB738", "there is neither a POM nor a compose file here to look at")
                            .at(project.files().show(file))
                            .fix("start it in the robot's folder, or name a file: -Drosbalena.composeFile=FILE"));
        }
        return ManifestFile.read(project, findings);
    }
}
