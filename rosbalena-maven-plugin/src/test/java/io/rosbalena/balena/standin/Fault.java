package io.rosbalena.balena.standin;

import java.time.Duration;

/** What goes wrong with a request. */
public record Fault(Kind kind, int status, String detail, Duration delay) {

    /** How it goes wrong. */
    public enum Kind {
        NONE,
        /** A status instead of the work; the detail is the Retry-After, or empty. */
        STATUS,
        /** The connection ends before anything was done. */
        CUT_BEFORE,
        /** The work is done, and the connection ends before the answer: the lost 201. */
        CUT_AFTER,
        /** The work is done, and the answer comes later. */
        SLOW,
        /** The work is not done, and no answer comes until the server closes. */
        SILENT,
        /** The page that a server in front of the API gives to bodies that are too large. */
        HTML_413,
        /** 200 with a body that is no JSON. */
        GARBAGE,
        /** 200 with a body without end. */
        ENDLESS
    }

    public static final Fault NONE = of(Kind.NONE);

    public static Fault of(Kind kind) {
        return new Fault(kind, 0, "", Duration.ZERO);
    }

    /** A status without more. */
    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, "", Duration.ZERO);
    }

    /** Too many requests: come again. */
    public static Fault tooMany(String retryAfter) {
        return new Fault(Kind.STATUS, 429, retryAfter, Duration.ZERO);
    }

    /** The answer comes later. */
    public static Fault slow(Duration delay) {
        return new Fault(Kind.SLOW, 0, "", delay);
    }
}
