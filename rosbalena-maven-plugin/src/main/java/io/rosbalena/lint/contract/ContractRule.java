package io.rosbalena.lint.contract;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.yaml.Position;

/** What can be wrong with {@code balena.yml}. Secrets in it are told as those of the manifest are. */
public enum ContractRule {
    /** balena refuses the release, or the deployment before it. */
    FORM("RB183", Severity.ERROR),
    UNKNOWN_FIELD("RB184", Severity.WARNING),
    VARIABLE("RB185", Severity.ERROR),
    DEVICE_TYPE("RB186", Severity.ERROR),
    OTHER_DEVICES("RB187", Severity.WARNING);

    private final String id;
    private final Severity severity;

    ContractRule(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    /** The identifier that findings and the site's pages carry. */
    public String id() {
        return id;
    }

    /** How much a finding of this rule matters. */
    public Severity severity() {
        return severity;
    }

    Finding finding(Position at, String message, String fix) {
        return at.place(Finding.note(id, message).as(severity).fix(fix));
    }
}
