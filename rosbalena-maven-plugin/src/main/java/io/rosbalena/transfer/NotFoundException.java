package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;

/** The server answered, and has no such document. */
public final class NotFoundException extends IOException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(URI uri) {
        super("not found: " + uri);
    }
}
