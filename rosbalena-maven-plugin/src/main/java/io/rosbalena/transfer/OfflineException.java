package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;

/** The build runs offline and needs something that is not in the store. */
public final class OfflineException extends IOException {
    private static final long serialVersionUID = 1L;

    public OfflineException(URI uri) {
        super("offline, and not in the store: " + uri);
    }
}
