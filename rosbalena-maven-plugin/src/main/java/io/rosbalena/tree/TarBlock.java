package io.rosbalena.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The fields of one 512-byte tar header, as POSIX ustar, old GNU and V7 lay them out. */
final class TarBlock {
    static final int SIZE = 512;

    private final byte[] bytes;

    /** Checks the sum, which is also what tells a header from anything else. */
    TarBlock(byte[] bytes, long position) throws MalformedArchiveException {
        this.bytes = bytes;
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += i >= 148 && i < 156 ? ' ' : bytes[i] & 0xff;
        }
        if (sum != number(148, 8, "checksum")) {
            throw new MalformedArchiveException("no tar header at byte " + position + ": the checksum is wrong");
        }
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    String name() throws MalformedArchiveException {
        String name = text(0, 100);
        String prefix = isUstar() ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    int mode() throws MalformedArchiveException {
        return (int) (number(100, 8, "mode") & 07777);
    }

    long uid() throws MalformedArchiveException {
        return number(108, 8, "owner");
    }

    long gid() throws MalformedArchiveException {
        return number(116, 8, "group");
    }

    long size() throws MalformedArchiveException {
        return number(124, 12, "size");
    }

    long mtime() throws MalformedArchiveException {
        return number(136, 12, "time");
    }

    char flag() {
        return (char) (bytes[156] & 0xff);
    }

    String target() throws MalformedArchiveException {
        return text(157, 100);
    }

    String userName() throws MalformedArchiveException {
        return hasNames() ? text(265, 32) : "";
    }

    String groupName() throws MalformedArchiveException {
        return hasNames() ? text(297, 32) : "";
    }

    private boolean hasNames() {
        return bytes[257] == 'u' && bytes[258] == 's' && bytes[259] == 't' && bytes[260] == 'a' && bytes[261] == 'r';
    }

    /** GNU's own format says "ustar " and has times where ustar has the prefix. */
    private boolean isUstar() {
        return hasNames() && bytes[262] == 0;
    }

    private String text(int offset, int length) throws MalformedArchiveException {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return utf8(bytes, offset, end - offset);
    }

    static String utf8(byte[] bytes, int offset, int length) throws MalformedArchiveException {
        if (isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            String name = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            throw new MalformedArchiveException("the name \"" + name + "\" is not UTF-8", e);
        }
    }

    /** Nearly all names are, and need no decoder. */
    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private long number(int offset, int length, String what) throws MalformedArchiveException {
        if ((bytes[offset] & 0x80) != 0) {
            return binary(offset, length, what);
        }
        long value = 0;
        boolean begun = false;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b >= '0' && b <= '7') {
                value = (value << 3) + (b - '0');
                begun = true;
            } else if (b == 0 || (b == ' ' && begun)) {
                break;
            } else if (b != ' ') {
                throw new MalformedArchiveException("a tar header's " + what + " is not a number");
            }
        }
        return value;
    }

    /** GNU's base-256 numbers: sign in bit 6 of the first byte. */
    private long binary(int offset, int length, String what) throws MalformedArchiveException {
        boolean negative = (bytes[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = i == offset ? (bytes[i] & 0x3f) | (negative ? 0xc0 : 0) : bytes[i] & 0xff;
            if (value >> 55 != value >> 63) {
                throw new MalformedArchiveException("a tar header's " + what + " is out of range");
            }
            value = (value << 8) | digit;
        }
        return value;
    }
}
