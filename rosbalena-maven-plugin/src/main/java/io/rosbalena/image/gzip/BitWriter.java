package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;

/** Bits in the order of RFC 1951: the first goes to the lowest place of a byte. */
final class BitWriter {
    private final ByteBuffer out;
    private long bits;
    private int count;

    BitWriter(ByteBuffer out) {
        this.out = out;
    }

    /** Writes up to 16 bits. */
    void write(int value, int length) {
        bits |= (long) value << count;
        count += length;
        while (count >= 8) {
            out.put((byte) bits);
            bits >>>= 8;
            count -= 8;
        }
    }

    /** Writes a block that is not compressed and not the last; up to 65,535 bytes. */
    void stored(byte[] bytes, int offset, int length) {
        write(0, 3);
        if (count > 0) {
            write(0, 8 - count);
        }
        write(length, 16);
        write(~length & 0xffff, 16);
        out.put(bytes, offset, length);
    }
}
