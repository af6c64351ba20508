package io.rosbalena.image.gzip;

/** The symbols for lengths and distances and the fixed code words, RFC 1951 §3.2.5 and §3.2.6. */
final class DeflateCodes {
    static final int END_OF_BLOCK = 256;
    static final int LITERALS_AND_LENGTHS = 286;
    static final int DISTANCES = 30;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 258;
    private static final int[] LENGTH_EXTRA = new int[29];
    private static final int[] LENGTH_BASE = new int[29];
    private static final int[] LENGTH_SYMBOL = new int[LONGEST + 1];
    private static final int[] DISTANCE_EXTRA = new int[DISTANCES];
    private static final int[] DISTANCE_BASE = new int[DISTANCES];

    static {
        int length = SHORTEST;
        for (int symbol = 0; symbol < 28; symbol++) {
            LENGTH_EXTRA[symbol] = symbol < 8 ? 0 : (symbol >> 2) - 1;
            LENGTH_BASE[symbol] = length;
            for (int i = 0; i < 1 << LENGTH_EXTRA[symbol]; i++) {
                LENGTH_SYMBOL[length++] = symbol;
            }
        }
        LENGTH_BASE[28] = LONGEST;
        LENGTH_SYMBOL[LONGEST] = 28;
        int distance = 1;
        for (int symbol = 0; symbol < DISTANCES; symbol++) {
            DISTANCE_EXTRA[symbol] = symbol < 4 ? 0 : (symbol >> 1) - 1;
            DISTANCE_BASE[symbol] = distance;
            distance += 1 << DISTANCE_EXTRA[symbol];
        }
    }

    private DeflateCodes() {}

    /** The symbol of a length, 257 to 285. */
    static int lengthSymbol(int length) {
        return END_OF_BLOCK + 1 + LENGTH_SYMBOL[length];
    }

    /** Bits that follow a symbol of the first alphabet. */
    static int extraBits(int symbol) {
        return symbol <= END_OF_BLOCK ? 0 : LENGTH_EXTRA[symbol - END_OF_BLOCK - 1];
    }

    static void writeLengthExtra(int length, BitWriter out) {
        int symbol = LENGTH_SYMBOL[length];
        out.write(length - LENGTH_BASE[symbol], LENGTH_EXTRA[symbol]);
    }

    static int distanceSymbol(int distance) {
        if (distance <= 4) {
            return distance - 1;
        }
        int bits = 31 - Integer.numberOfLeadingZeros(distance - 1);
        return 2 * bits + ((distance - 1) >> (bits - 1) & 1);
    }

    static int distanceExtraBits(int symbol) {
        return DISTANCE_EXTRA[symbol];
    }

    static void writeDistanceExtra(int distance, BitWriter out) {
        int symbol = distanceSymbol(distance);
        out.write(distance - DISTANCE_BASE[symbol], DISTANCE_EXTRA[symbol]);
    }

    /** Bits of the fixed code word of a literal, length or the end. */
    static int fixedLength(int symbol) {
        if (symbol < 144) {
            return 8;
        }
        if (symbol < 256) {
            return 9;
        }
        return symbol < 280 ? 7 : 8;
    }

    static void writeFixed(int symbol, BitWriter out) {
        int length = fixedLength(symbol);
        int code;
        if (symbol < 144) {
            code = 0b00110000 + symbol;
        } else if (symbol < 256) {
            code = 0b110010000 + symbol - 144;
        } else if (symbol < 280) {
            code = symbol - 256;
        } else {
            code = 0b11000000 + symbol - 280;
        }
        out.write(Integer.reverse(code) >>> (32 - length), length);
    }

    static void writeFixedDistance(int symbol, BitWriter out) {
        out.write(Integer.reverse(symbol) >>> 27, 5);
    }
}
