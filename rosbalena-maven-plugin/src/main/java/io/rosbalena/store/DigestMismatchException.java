package io.rosbalena.store;

import java.io.IOException;

/** Bytes that are not the ones that their digest promised: a broken download, or somebody changed them. */
public final class DigestMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public DigestMismatchException(Digest expected, Digest found) {
        super("expected " + expected + " but the bytes have " + found);
    }
}
