package io.rosbalena.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure that may pass: the attempt is worth repeating, see {@link Retries}. */
public final class BrokenTransferException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> wait;
    private final TransferException.Kind kind;

    public BrokenTransferException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.wait = Optional.empty();
        this.kind = TransferException.Kind.UNREACHABLE;
    }

    BrokenTransferException(String message, Optional<Duration> wait) {
        super(message);
        this.wait = wait;
        this.kind = TransferException.Kind.STATUS;
    }

    /** How long the server asked to wait. */
    Optional<Duration> requestedWait() {
        return wait;
    }

    TransferException.Kind kind() {
        return kind;
    }
}
