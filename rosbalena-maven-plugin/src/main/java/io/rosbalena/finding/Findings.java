package io.rosbalena.finding;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings of a stage, so that all of them are told at once. Not safe for use by several threads. */
public final class Findings {
    private final List<Finding> list = new ArrayList<>();

    /** Adds one finding. */
    public void add(Finding finding) {
        list.add(finding);
    }

    /** Adds several findings. */
    public void addAll(Iterable<Finding> findings) {
        findings.forEach(list::add);
    }

    /** What was collected, in printing order, each once. */
    public List<Finding> all() {
        return list.stream().distinct().sorted(Finding.ORDER).toList();
    }

    /** Whether an error was collected. */
    public boolean hasErrors() {
        return list.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /**
     * Ends the stage if there are errors.
     *
     * @throws FindingException of kind {@link FindingException.Kind#INPUT} with every finding collected
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new FindingException(FindingException.Kind.INPUT, all());
        }
    }
}
