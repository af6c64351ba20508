package io.rosbalena.finding;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends a stage: carries what is wrong, where, and what to do, in findings. */
public final class FindingException extends RuntimeException {
    /** Who can mend it. */
    public enum Kind {
        /** The user's files or parameters; a goal ends as a failure of the build. */
        INPUT,
        /** Network, disk, a missing tool; a goal ends as an error of its execution. */
        ENVIRONMENT
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<Finding> findings;

    public FindingException(Kind kind, List<Finding> findings) {
        this(kind, findings, null);
    }

    public FindingException(Kind kind, List<Finding> findings, @Nullable Throwable cause) {
        super(findings.stream().map(Finding::print).collect(Collectors.joining("\n")), cause);
        this.kind = kind;
        this.findings = List.copyOf(findings);
    }

    /** Several as one, each finding once; of the kind of the first, which is its cause. */
    public static FindingException of(List<FindingException> several) {
        FindingException first = several.get(0);
        List<Finding> findings = several.stream()
                .flatMap(each -> each.findings().stream())
                .distinct()
                .toList();
        return new FindingException(first.kind(), findings, first);
    }

    /** One error that the user can mend in the project. */
    public static FindingException input(Finding finding) {
        return new FindingException(Kind.INPUT, List.of(finding));
    }

    /** One error of the surroundings: network, disk, a missing tool. */
    public static FindingException environment(Finding finding) {
        return new FindingException(Kind.ENVIRONMENT, List.of(finding));
    }

    /** One error of the surroundings and the exception that showed it. */
    public static FindingException environment(Finding finding, Throwable cause) {
        return new FindingException(Kind.ENVIRONMENT, List.of(finding), cause);
    }

    public Kind kind() {
        return kind;
    }

    public List<Finding> findings() {
        return findings;
    }
}
