package io.rosbalena.robot.project;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.DotEnv;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import java.nio.file.Files;
import java.nio.file.Path;

/** The manifest as the project's user wrote it. */
public final class ManifestFile {
    private ManifestFile() {}

    /**
     * Reads it; a project without one has one service with every package.
     *
     * @throws FindingException RB738 if the POM names one that is not there
     */
    public static ComposeModel read(RobotProject project, Findings findings) {
        Path file = project.files().compose();
        Path directory = project.files().directory();
        if (!Files.exists(file) && !file.equals(directory.resolve("docker-compose.yml"))) {
            throw FindingException.input(Finding.error("RB738", "the compose file is not there")
                    .at(project.files().show(file))
                    .fix("correct <composeFile>; only docker-compose.yml may be missing, for a robot of one service"));
        }
        return Files.exists(file)
                ? ComposeFile.read(
                        directory,
                        project.files().show(file),
                        DotEnv.variables(directory, project.build().interpolation(), findings),
                        findings)
                : ComposeModel.withoutFile();
    }
}
