package io.rosbalena.tree;

import java.io.IOException;
import java.io.InputStream;

/** An archive's bytes with their position. */
final class CountedStream {
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final boolean skips;
    private long position;

    /** @param skips whether bytes that nobody wants are skipped; else they are read, as a digest underneath may want */
    CountedStream(InputStream in, boolean skips) {
        this.in = in;
        this.skips = skips;
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

    /** Passes over so many bytes, or as many as there are; how many those were. */
    long pass(long bytes) throws IOException {
        byte[] block = new byte[skips ? 1 : (int) Math.min(bytes, BLOCK)];
        long left = bytes;
        while (left > 0) {
            long passed = skips ? in.skip(left) : 0;
            position += passed;
            if (passed <= 0) {
                // Nothing skipped does not mean the end.
                passed = read(block, 0, (int) Math.min(left, block.length));
            }
            if (passed < 0) {
                break;
            }
            left -= passed;
        }
        return bytes - left;
    }
}
