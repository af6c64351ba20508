package io.rosbalena.apt.state;

/** A {@code case} or {@code if} of a script that is open, as far as its reader has come. */
final class ShellBranch {
    final boolean isCase;
    final boolean onAction;
    boolean condition;
    boolean never;
    boolean alternative;
    boolean conjunction;
    boolean pattern;
    boolean matches;

    ShellBranch(boolean isCase, boolean onAction) {
        this.isCase = isCase;
        this.onAction = onAction;
        this.condition = !isCase;
        this.pattern = isCase;
        this.alternative = true;
    }

    /** One test of the condition: it never holds if in each part between {@code ||} one test never does. */
    void test(boolean neverTrue, String end) {
        conjunction |= neverTrue;
        if (end.equals("||")) {
            alternative &= conjunction;
            conjunction = false;
        }
    }

    void begin() {
        never = condition && alternative && conjunction;
        condition = false;
    }

    void otherwise(boolean another) {
        never = false;
        condition = another;
        alternative = true;
        conjunction = false;
    }
}
