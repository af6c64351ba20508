package io.rosbalena.image.layer;

import java.io.IOException;

/** The bytes of a remembered part are not the ones that were written. */
final class CorruptPartException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient PackedPart part;

    CorruptPartException(PackedPart part, Throwable cause) {
        super("the stored bytes in " + part.file() + " have changed since they were written", cause);
        this.part = part;
    }

    PackedPart part() {
        return part;
    }
}
