package io.rosbalena.colcon;

import io.rosbalena.colcon.result.TestCase;
import io.rosbalena.colcon.result.TestSuite;
import io.rosbalena.finding.Finding;
import java.util.List;

/**
 * How the tests of one package ended.
 *
 * @param packageName the package
 * @param suites its tests; empty if it has none
 * @param findings what failed, where that can be told
 */
public record PackageTests(String packageName, List<TestSuite> suites, List<Finding> findings) {
    public PackageTests {
        suites = List.copyOf(suites);
        findings = List.copyOf(findings);
    }

    /** How many tests ended this way. */
    public long count(TestCase.Outcome outcome) {
        return suites.stream().mapToLong(one -> one.count(outcome)).sum();
    }

    /** How many tests there are. */
    public long count() {
        return suites.stream().mapToLong(one -> one.cases().size()).sum();
    }

    /** Whether any test failed or could not be run. */
    public boolean isBad() {
        return suites.stream().anyMatch(TestSuite::isBad);
    }

    /** In one line, in the words of Surefire. */
    public String line() {
        return "Tests run: " + count() + ", Failures: " + count(TestCase.Outcome.FAILED) + ", Errors: "
                + count(TestCase.Outcome.ERROR) + ", Skipped: " + count(TestCase.Outcome.SKIPPED) + " - in "
                + packageName;
    }
}
