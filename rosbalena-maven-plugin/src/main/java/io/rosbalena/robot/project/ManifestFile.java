package io.rosbalena.robot.project;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.DotEnv;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The manifest as the project's user wrote it. */
public final class ManifestFile {
    private ManifestFile() {}

    /**
     * Reads it, and what the project's variant lays over it; a project without one has one service with every package.
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
        List<Path> overlays = project.variant().files(project.files(), findings);
        if (!Files.exists(file)) {
            overlays.forEach(
                    overlay -> findings.add(Finding.error("RB173", "there is no compose file below this overlay")
                            .at(project.files().show(overlay))
                            .fix("write " + project.files().show(file) + ", or leave out -Drosbalena.overlay")));
            return ComposeModel.withoutFile();
        }
        List<Path> files = new ArrayList<>(List.of(file));
        files.addAll(overlays);
        return ComposeFile.read(
                directory,
                files.stream().map(project.files()::show).toList(),
                DotEnv.variables(directory, project.build().interpolation(), findings),
                findings);
    }
}
