package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * The final answer to a GET, after redirects.
 *
 * @param asked the address that was asked for at first
 */
record Answer(URI asked, int status, HttpHeaders headers, BodyStream body) implements AutoCloseable {
    private static final int DRAIN = 1 << 16;

    /** The body's length as the server announces it, or -1. */
    long length() {
        return headers.firstValueAsLong("Content-Length").orElse(-1);
    }

    /** Reads the rest of a short body away, so that the connection can be used again. */
    void drain() throws IOException {
        byte[] buffer = new byte[1 << 13];
        int total = 0;
        int read;
        while (total < DRAIN && (read = body.read(buffer)) >= 0) {
            total += read;
        }
        body.close();
    }

    @Override
    public void close() {
        body.close();
    }
}
