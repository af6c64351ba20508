package io.rosbalena.tree;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One header block of 512 bytes in the layout of GNU tar ({@code tar.h}: {@code posix_header} with GNU's magic). */
final class GnuHeader {
    static final int NAME_LENGTH = 100;

    private static final int CHECKSUM = 148;
    private static final byte[] MAGIC = "ustar  \0".getBytes(StandardCharsets.US_ASCII);

    private final byte[] block = new byte[512];

    GnuHeader(char type) {
        block[156] = (byte) type;
        System.arraycopy(MAGIC, 0, block, 257, MAGIC.length);
    }

    /** A name in UTF-8. */
    static byte[] encode(String text) throws CharacterCodingException {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        if (isAscii(text, ascii)) {
            return ascii;
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }

    /** Nearly all names are, and need no encoder. */
    private static boolean isAscii(String text, byte[] latin) {
        for (int i = 0; i < latin.length; i++) {
            if (latin[i] < 0 || latin[i] != text.charAt(i)) {
                return false;
            }
        }
        return latin.length == text.length();
    }

    GnuHeader name(byte[] name) {
        return text(0, name);
    }

    GnuHeader mode(int mode) {
        return number(100, 8, mode);
    }

    GnuHeader owner(long uid, long gid) {
        return number(108, 8, uid).number(116, 8, gid);
    }

    GnuHeader size(long size) {
        return number(124, 12, size);
    }

    GnuHeader time(long seconds) {
        return number(136, 12, seconds);
    }

    GnuHeader link(byte[] target) {
        return text(157, target);
    }

    /** The finished block with its checksum: the sum of all bytes, the checksum's own field taken as blanks. */
    byte[] block() {
        int sum = 8 * ' ';
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(CHECKSUM, 7, sum);
        block[CHECKSUM + 7] = ' ';
        return block;
    }

    private GnuHeader text(int offset, byte[] text) {
        System.arraycopy(text, 0, block, offset, Math.min(text.length, NAME_LENGTH));
        return this;
    }

    private GnuHeader number(int offset, int length, long value) {
        if (value >= 0 && value < 1L << (3 * (length - 1))) {
            octal(offset, length, value);
        } else {
            base256(offset, length, value);
        }
        return this;
    }

    private void octal(int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 2; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    /** GNU's form for large and negative numbers: two's complement, the first byte 0x80 or 0xff. */
    private void base256(int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 1; i > offset; i--) {
            block[i] = (byte) rest;
            rest >>= 8;
        }
        block[offset] = (byte) (value < 0 ? 0xff : 0x80);
    }
}
