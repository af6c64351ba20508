package io.rosbalena.run;

import io.rosbalena.finding.FindingException;
import java.util.List;

/**
 * How a run ended.
 *
 * @param ends one for each service, in the order in which they were started
 */
public record RunReport(List<ServiceEnd> ends) {
    public RunReport {
        ends = List.copyOf(ends);
    }

    /**
     * Ends a goal if services failed by themselves.
     *
     * @throws FindingException of kind {@link FindingException.Kind#INPUT}, RB556 for each such service
     */
    public void throwIfFailed() {
        List<ServiceEnd> failed = ends.stream().filter(ServiceEnd::failed).toList();
        if (!failed.isEmpty()) {
            throw new FindingException(
                    FindingException.Kind.INPUT,
                    failed.stream().map(ServiceEnd::finding).toList());
        }
    }
}
