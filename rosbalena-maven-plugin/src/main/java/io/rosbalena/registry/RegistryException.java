package io.rosbalena.registry;

import java.io.IOException;

/** A registry answered, and not with what was asked for; the message says what and why, and shows no secret. */
public final class RegistryException extends IOException {
    /** What went wrong, so that a caller can say what to do. */
    public enum Kind {
        /** The login is missing, wrong, or does not allow it (401, 403). */
        DENIED,
        /** There is no such repository, tag, manifest or blob (404). */
        UNKNOWN,
        /** The registry refused, or answered what the protocol does not have. */
        REFUSED,
        /** An image that is not there for the platform, or of a kind that is not understood. */
        UNUSABLE
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    RegistryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
