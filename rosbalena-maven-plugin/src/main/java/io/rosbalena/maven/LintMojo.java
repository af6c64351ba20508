package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Severity;
import io.rosbalena.lint.report.FindingFormat;
import io.rosbalena.lint.report.FindingsJson;
import io.rosbalena.lint.report.Sarif;
import io.rosbalena.robot.linting.Linting;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is wrong with the robot's manifest, its workspace and its POM, without network and without building
 * anything. In a folder without POM it looks at {@code docker-compose.yml} alone.
 */
@Mojo(name = "lint", defaultPhase = LifecyclePhase.VALIDATE, requiresProject = false, threadSafe = true)
public final class LintMojo extends RobotMojo {
    /**
     * In which form. {@code text}: for people. {@code json}: one document for programs. {@code sarif}: one document for
     * editors and code hosts (SARIF 2.1.0). With the latter two nothing of it goes through Maven's log, so that
     * {@code mvn -q} prints the document alone.
     */
    @Parameter(property = "rosbalena.lint.format", defaultValue = "text")
    private String format;

    /** A file that the findings are written to, in place of being printed. */
    @Parameter(property = "rosbalena.lint.output")
    private @Nullable File output;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        FindingFormat form = FindingFormat.parse(format);
        List<Finding> findings =
                project.getFile() == null ? Linting.lintManifest(robot) : Linting.lint(robot, surroundings.store());
        boolean failed = findings.stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        || (finding.severity() == Severity.WARNING
                                && robot.build().strict()));
        if (form == FindingFormat.TEXT && output == null) {
            if (failed) {
                throw new FindingException(FindingException.Kind.INPUT, findings);
            }
            findings.forEach(surroundings.console()::finding);
            return;
        }
        byte[] document = switch (form) {
            case TEXT -> text(findings);
            case JSON -> FindingsJson.write(findings);
            case SARIF -> Sarif.write(findings);
        };
        if (output == null) {
            System.out.writeBytes(document);
            System.out.flush();
        } else {
            AtomicFile.write(output.toPath().toAbsolutePath().normalize(), document);
            getLog().info("written to " + robot.files().show(output.toPath().toAbsolutePath()));
        }
        if (failed) {
            throw FindingException.input(Finding.error(
                            "RB168",
                            count(findings, Severity.ERROR) + " errors and " + count(findings, Severity.WARNING)
                                    + " warnings were found")
                    .fix("mend what the findings say"));
        }
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static byte[] text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(finding.print()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
