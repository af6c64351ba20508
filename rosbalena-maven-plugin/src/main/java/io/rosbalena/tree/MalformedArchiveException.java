package io.rosbalena.tree;

import java.io.IOException;

/** An archive that cannot be read, or that must not be: the message says what is wrong, in words for a user. */
public final class MalformedArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedArchiveException(String message) {
        super(message);
    }

    public MalformedArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
