package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import java.util.Optional;

/** Takes what rules find, with its place in the manifest. */
final class Report {
    private final Findings findings;

    Report(Findings findings) {
        this.findings = findings;
    }

    /**
     * Something about a part of a service.
     *
     * @param path the part as {@code environment.NAME}
     */
    void add(LintRule rule, Service service, String path, String message, String fix) {
        findings.add(finding(rule, service.places().of(path), message, fix).inService(service.name()));
    }

    /** Something about the POM. */
    void pom(LintRule rule, String message, String fix) {
        findings.add(finding(rule, Position.of("pom.xml"), message, fix));
    }

    private static Finding finding(LintRule rule, Position at, String message, String fix) {
        return at.place(new Finding(
                rule.id(),
                rule.severity(),
                message,
                Optional.of(fix),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty()));
    }
}
