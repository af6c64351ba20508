package io.rosbalena.wheel.layout;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;

/** Collects what is wrong with one wheel. */
final class WheelProblem {
    static final String FIX =
            "take another version: pin it in the rule of the key, as NAME==VERSION; and tell the project"
                    + " that made the wheel";

    /** A hostile wheel could have as many problems as files. */
    private static final int TOLD = 10;

    private final String wheel;
    private final Findings findings = new Findings();

    WheelProblem(String wheel) {
        this.wheel = wheel;
    }

    void add(String id, String what) {
        if (findings.all().size() < TOLD) {
            findings.add(Finding.error(id, "the wheel " + wheel + " " + what).fix(FIX));
        }
    }

    /** A problem after which nothing more can be said. */
    FindingException end(String id, String what) {
        add(id, what);
        return new FindingException(FindingException.Kind.INPUT, findings.all());
    }

    void throwIfAny() {
        findings.throwIfErrors();
    }
}
