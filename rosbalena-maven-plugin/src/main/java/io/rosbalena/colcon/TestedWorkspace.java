package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import java.util.List;

/**
 * How the tests of a workspace ended.
 *
 * @param packages those that were tested, in the order of that
 * @param errors why others could not be: they do not compile
 */
public record TestedWorkspace(List<PackageTests> packages, List<Finding> errors) {
    public TestedWorkspace {
        packages = List.copyOf(packages);
        errors = List.copyOf(errors);
    }

    /** All tests in one line, in the words of Surefire. */
    public String line() {
        return new PackageTests(
                        "all " + packages.size() + " packages",
                        packages.stream().flatMap(one -> one.suites().stream()).toList(),
                        List.of())
                .line();
    }
}
