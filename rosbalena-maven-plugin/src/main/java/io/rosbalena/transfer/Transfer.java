package io.rosbalena.transfer;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.net.URI;

/** Brings bytes here from {@code http}, {@code https} and {@code file} URIs. Safe for several threads. */
public interface Transfer {

    /**
     * Reads a small document whole.
     *
     * @param limit the most bytes that are accepted
     * @throws NotFoundException if the server says that there is none (404, 410) or the file is missing
     * @throws OfflineException if the network may not be used
     * @throws IOException if the server cannot be reached, or answers with more than {@code limit} bytes
     */
    byte[] read(URI uri, long limit) throws IOException;

    /**
     * Brings a blob into the store, resuming a broken transfer.
     *
     * @param size how many bytes it must have, or -1 when unknown
     * @throws io.rosbalena.store.DigestMismatchException if the bytes are not the promised ones; nothing is stored
     * @throws IOException as for {@link #read}
     */
    void fetch(URI uri, Digest expected, long size, BlobStore store, Progress progress) throws IOException;
}
