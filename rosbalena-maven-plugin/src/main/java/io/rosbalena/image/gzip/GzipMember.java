package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes round the pieces that make them one gzip member (RFC 1952). */
public final class GzipMember {
    private static final int UNKNOWN_SYSTEM = 255;

    private GzipMember() {}

    /** Ten fixed bytes: no name, no time, no system. */
    public static byte[] header() {
        return new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) UNKNOWN_SYSTEM};
    }

    /** A last, empty block with fixed codes, then the checksum and the length modulo 2^32 of the raw bytes. */
    public static byte[] trailer(Crc32Sum sum) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3)
                .put((byte) 0)
                .putInt(sum.crc())
                .putInt((int) sum.length())
                .array();
    }
}
