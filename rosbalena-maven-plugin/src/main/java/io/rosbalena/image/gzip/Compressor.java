package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;

/**
 * Deflates one piece on its own (RFC 1951): what zlib's level 4 with its default strategy gives for the piece at once,
 * ended by an empty stored block (zlib's {@code Z_SYNC_FLUSH}), so that pieces can be written one after the other. Every
 * implementation must give exactly these bytes. Safe for use by several threads.
 */
@FunctionalInterface
public interface Compressor {
    /** Level of compression, as zlib counts. */
    int LEVEL = 4;

    /**
     * Compresses the remaining bytes of {@code raw}, which are used up.
     *
     * @param raw 1 to {@link Piece#RAW_LIMIT} bytes
     * @param packed where the result goes; at least {@link Piece#PACKED_LIMIT} bytes remain
     */
    void compress(ByteBuffer raw, ByteBuffer packed);
}
