package io.rosbalena.image;

import java.io.IOException;

/** A manifest, index or configuration that is not what OCI image-spec or Docker make of it. */
final class MalformedImageException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedImageException(String message) {
        super(message);
    }

    MalformedImageException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
