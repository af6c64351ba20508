package io.rosbalena.device;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The content of a request.
 *
 * @param type its media type
 * @param length bytes
 * @param source writes them
 */
record RequestContent(String type, long length, Source source) {
    static final RequestContent NONE = new RequestContent("", 0, out -> {});

    /** Writes content. */
    @FunctionalInterface
    interface Source {
        void write(OutputStream out) throws IOException;
    }

    static RequestContent json(byte[] document) {
        return new RequestContent("application/json", document.length, out -> out.write(document));
    }
}
