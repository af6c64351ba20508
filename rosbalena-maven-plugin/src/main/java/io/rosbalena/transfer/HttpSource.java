package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Answers GET requests: how a {@link Download} reaches a server that wants to be asked in a way of its own. */
@FunctionalInterface
public interface HttpSource {
    /**
     * Asks once.
     *
     * @param headers {@code Range} and {@code If-Range} of a download that goes on
     * @return an answer with status 200 or 206, or another below 400, or 416
     * @throws NotFoundException for 404 and 410
     * @throws BrokenTransferException if another attempt may succeed
     * @throws IOException if it cannot
     */
    Answer send(URI asked, Map<String, String> headers) throws IOException;
}
