package io.rosbalena.colcon.result;

import java.util.List;

/**
 * Tests that ran together: those of one program, or of one call of pytest.
 *
 * @param name what the package calls it, for example {@code test_planner}
 * @param cases the tests in their order
 */
public record TestSuite(String name, List<TestCase> cases) {
    public TestSuite {
        cases = List.copyOf(cases);
    }

    /** How many tests ended this way. */
    public long count(TestCase.Outcome outcome) {
        return cases.stream().filter(one -> one.outcome() == outcome).count();
    }

    /** Whether any test failed or could not be run. */
    public boolean isBad() {
        return cases.stream().anyMatch(TestCase::isBad);
    }

    /** How long its tests took together. */
    public double seconds() {
        return cases.stream().mapToDouble(TestCase::seconds).sum();
    }
}
