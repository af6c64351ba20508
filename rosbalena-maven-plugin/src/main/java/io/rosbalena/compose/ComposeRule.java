package io.rosbalena.compose;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.yaml.Position;
import java.util.Optional;

/** What can be said about a compose file by itself, without workspace, images or device type. */
public enum ComposeRule {
    /** Used by {@link io.rosbalena.yaml.YamlReader}: not YAML, or too much of it. */
    UNREADABLE("RB100", Severity.ERROR),
    UNKNOWN_FIELD("RB101", Severity.ERROR),
    REFUSED_FIELD("RB102", Severity.ERROR),
    /** The release would carry a {@code sw.spec} contract, which Supervisors reject with the whole release. */
    RELEASE_REJECTED("RB103", Severity.ERROR),
    DROPPED_FIELD("RB104", Severity.WARNING),
    WRONG_VALUE("RB105", Severity.ERROR),
    BIND_MOUNT("RB106", Severity.ERROR),
    BIND_BECAME_LABEL("RB107", Severity.NOTE),
    UNDECLARED_VOLUME("RB108", Severity.ERROR),
    VOLUME_FORM("RB109", Severity.ERROR),
    UNKNOWN_DEPENDENCY("RB110", Severity.ERROR),
    DEPENDENCY_CYCLE("RB111", Severity.ERROR),
    DEPENDENCY_CONDITION("RB112", Severity.ERROR),
    DUPLICATE_PORT("RB113", Severity.ERROR),
    NOTHING_TO_RUN("RB114", Severity.ERROR),
    NAME("RB115", Severity.ERROR),
    UNSET_VARIABLE("RB116", Severity.WARNING),
    INTERPOLATION("RB117", Severity.ERROR),
    MISSING_FILE("RB118", Severity.ERROR),
    LITERAL_DOLLAR("RB119", Severity.ERROR),
    NETWORK("RB120", Severity.ERROR),
    LABEL("RB121", Severity.ERROR),
    CHANGED_VALUE("RB122", Severity.NOTE),
    AMBIGUOUS_SCALAR("RB123", Severity.WARNING),
    EXTENSION("RB124", Severity.ERROR),
    EXTENDS("RB125", Severity.ERROR),
    PROFILE("RB126", Severity.NOTE),
    BUILD_OPTION("RB127", Severity.NOTE),
    UNUSED_VOLUME("RB128", Severity.WARNING),
    DUPLICATE_TARGET("RB129", Severity.ERROR),
    BLANK_ENDS("RB175", Severity.WARNING),
    OOM_SCORE("RB176", Severity.WARNING),
    HARDWARE_WORD("RB191", Severity.ERROR),
    SECRET_VARIABLE("RB195", Severity.NOTE),
    /** Found where the values are still known. */
    SECRET_ELSEWHERE("RB196", Severity.ERROR);

    private final String id;
    private final Severity severity;

    ComposeRule(String id, Severity severity) {
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

    /** A finding of this rule. */
    Finding finding(Position at, String message, String fix) {
        Finding finding = new Finding(
                id, severity, message, Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
        return at.place(fix.isEmpty() ? finding : finding.fix(fix));
    }
}
