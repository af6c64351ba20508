package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * A server's answer whose body is still to be read.
 *
 * @param asked the address that was asked for at first, before redirects
 * @param status of HTTP
 * @param headers of the answer
 * @param body closing it early ends the connection
 */
public record Answer(URI asked, int status, HttpHeaders headers, BodyStream body) implements AutoCloseable {
    private static final int DRAIN = 1 << 16;

    /** The body's length as the server announces it, or -1. */
    public long length() {
        return headers.firstValueAsLong("Content-Length").orElse(-1);
    }

    /** Reads the rest of a short body away, so that the connection can be used again. */
    public void drain() throws IOException {
        byte[] buffer = new byte[1 << 13];
        int total = 0;
        int read;
        while (total < DRAIN && (read = body.read(buffer)) >= 0) {
            total += read;
        }
        body.close();
    }

    /**
     * Tells a status that may pass: a server that is busy or broken for the moment.
     *
     * @param uri the address that answered
     * @throws BrokenTransferException for 408, 425, 429, 500, 502, 503 and 504
     */
    public void failIfItMayPass(URI uri) throws BrokenTransferException {
        switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 ->
                throw new BrokenTransferException(Location.show(uri) + " answered " + status, RetryAfter.read(headers));
            default -> {}
        }
    }

    /** Whether the answer sends on to another address. */
    public boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && headers.firstValue("Location").isPresent();
    }

    @Override
    public void close() {
        body.close();
    }
}
