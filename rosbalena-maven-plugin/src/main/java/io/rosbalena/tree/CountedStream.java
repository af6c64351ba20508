package io.rosbalena.tree;

import java.io.IOException;
import java.io.InputStream;

/** An archive's bytes with their position. Never skips: a digest of the archive may be computed underneath. */
final class CountedStream {
    private final InputStream in;
    private long position;

    CountedStream(InputStream in) {
        this.in = in;
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    /** Fills the buffer as far as the archive goes; the number of bytes read. */
    int fill(byte[] buffer) throws IOException {
        int filled = 0;
        while (filled < buffer.length) {
            int read = read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }
}
