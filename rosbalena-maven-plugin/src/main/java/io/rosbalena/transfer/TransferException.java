package io.rosbalena.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A transfer failed for good; the message says at which address and why, and never shows a credential. */
public final class TransferException extends IOException {
    /** What went wrong, so that a caller can say what to do. */
    public enum Kind {
        /** The server could not be reached, or the connection broke again and again. */
        UNREACHABLE,
        /** The server's certificate is not trusted, or the encrypted connection could not be made. */
        TRUST,
        /** The server wants a credential (401, 403). */
        DENIED,
        /** The proxy wants a credential, or another one (407). */
        PROXY,
        /** Another answer than the wanted one. */
        STATUS,
        /** More bytes, or other bytes, than were promised. */
        SIZE,
        /** A redirect that is not followed. */
        REDIRECT,
        /** Not an http, https or file address. */
        ADDRESS
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    TransferException(Kind kind, String message) {
        this(kind, message, null);
    }

    TransferException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
