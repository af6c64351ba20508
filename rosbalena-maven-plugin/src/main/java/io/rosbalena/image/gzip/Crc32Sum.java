package io.rosbalena.image.gzip;

/**
 * The CRC-32 of a long stream out of the CRC-32s of its parts. A CRC is the remainder of a polynomial over GF(2); putting
 * {@code n} bytes after a text multiplies it by x^(8n) (RFC 1952 §8 gives the polynomial).
 */
public final class Crc32Sum {
    private static final int POLYNOMIAL = 0xEDB88320;

    /** The polynomial 1 in the reflected order of bits that gzip uses: the highest bit is x^0. */
    private static final int ONE = 0x80000000;

    private static final int X8 = 0x00800000;

    private int crc;
    private long length;

    /** Adds the next part. */
    public Crc32Sum add(int partCrc, long partLength) {
        crc = multiply(power(partLength), crc) ^ partCrc;
        length += partLength;
        return this;
    }

    /** The CRC-32 of all parts so far. */
    public int crc() {
        return crc;
    }

    /** Bytes of all parts so far. */
    public long length() {
        return length;
    }

    /** x^(8n) modulo the polynomial, by squaring. */
    private static int power(long n) {
        int result = ONE;
        int square = X8;
        for (long rest = n; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(square, result);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
