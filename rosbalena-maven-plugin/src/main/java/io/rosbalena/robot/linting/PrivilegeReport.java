package io.rosbalena.robot.linting;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.privilege.Privileges;
import io.rosbalena.robot.project.ManifestLint;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What services may do, and how that differs from another manifest. */
public final class PrivilegeReport {
    private PrivilegeReport() {}

    /**
     * The lines to show.
     *
     * @param store for reading the workspace; empty for a compose file alone
     * @param before another manifest, whose difference is wanted
     * @throws FindingException with what is wrong with one of the manifests, or RB738 if the other one is not there
     */
    public static List<String> lines(RobotProject project, Optional<BlobStore> store, Optional<Path> before)
            throws IOException, InterruptedException {
        ComposeModel compose;
        if (store.isPresent()) {
            compose = ManifestLint.withDefaults(Robot.read(project, store.get()));
        } else {
            Findings findings = new Findings();
            compose = LoneManifest.read(project, findings);
            findings.throwIfErrors();
            compose = ManifestLint.withDefaults(project, compose);
        }
        Privileges now = Privileges.of(compose);
        return before.isPresent() ? now.difference(other(project, before.get())) : now.table();
    }

    private static Privileges other(RobotProject project, Path file) throws IOException {
        String shown = project.files().show(file);
        if (!Files.isRegularFile(file)) {
            throw FindingException.input(Finding.error("RB738", "the manifest to compare with is not there")
                    .at(shown)
                    .fix("name a file: -Drosbalena.privileges.before=FILE"));
        }
        Findings findings = new Findings();
        ComposeModel compose = ComposeFile.parse(shown, Files.readAllBytes(file), Map.of(), findings);
        findings.throwIfErrors();
        return Privileges.of(compose);
    }
}
