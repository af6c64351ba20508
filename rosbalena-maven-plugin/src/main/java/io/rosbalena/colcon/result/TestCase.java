package io.rosbalena.colcon.result;

/**
 * One test and how it ended.
 *
 * @param className what it stands in, with dots
 * @param name its name there
 * @param seconds how long it took; 0 if nobody tells
 * @param outcome how it ended
 * @param message what is wrong, or why it was skipped, in a line or two; may be empty
 * @param text the whole of what is wrong: an assertion with its place, a trace, the end of an output; may be empty
 */
public record TestCase(String className, String name, double seconds, Outcome outcome, String message, String text) {
    /** How a test can end. */
    public enum Outcome {
        PASSED,
        /** What it checks is not so. */
        FAILED,
        /** It crashed, took too long, or could not be run. */
        ERROR,
        SKIPPED
    }

    public TestCase {
        if (!Double.isFinite(seconds) || seconds < 0) {
            seconds = 0;
        }
    }

    /** Whether the robot should not be built from this. */
    public boolean isBad() {
        return outcome == Outcome.FAILED || outcome == Outcome.ERROR;
    }
}
