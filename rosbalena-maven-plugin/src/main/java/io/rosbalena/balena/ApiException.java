package io.rosbalena.balena;

import java.io.IOException;

/** The API server refuses a call. */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The token is not valid, or may not do this. */
        DENIED,
        /** What was asked for is not there. */
        UNKNOWN,
        /** Something of this kind is there already (409). */
        CONFLICT,
        /** The server takes no body of this size (413). */
        TOO_LARGE,
        /** A rule of the server, told in its own words (400). */
        RULE,
        /** The answer is none that this API gives. */
        UNUSABLE
    }

    private final Kind kind;

    ApiException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
