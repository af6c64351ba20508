package io.rosbalena.image.gzip;

/** The literals and matches of one block; written in whichever of the three forms of RFC 1951 is the shortest. */
final class SymbolBlock {
    /** One less than zlib's {@code lit_bufsize} for memory level 8. */
    private static final int SYMBOLS = (1 << 14) - 1;

    private final BitWriter out;
    private final short[] distances = new short[SYMBOLS];
    private final short[] values = new short[SYMBOLS];
    private final HuffmanTree literalTree = new HuffmanTree(DeflateCodes.LITERALS_AND_LENGTHS, 15);
    private final HuffmanTree distanceTree = new HuffmanTree(DeflateCodes.DISTANCES, 15);
    private final CodeLengths codeLengths = new CodeLengths(literalTree, distanceTree);
    private int count;

    SymbolBlock(BitWriter out) {
        this.out = out;
        clear();
    }

    /** Adds a literal; tells whether the block is full. */
    boolean addLiteral(int literal) {
        literalTree.count(literal);
        return add(0, literal);
    }

    /** Adds a match; tells whether the block is full. */
    boolean addMatch(int distance, int length) {
        literalTree.count(DeflateCodes.lengthSymbol(length));
        distanceTree.count(DeflateCodes.distanceSymbol(distance));
        return add(distance, length);
    }

    private boolean add(int distance, int value) {
        distances[count] = (short) distance;
        values[count] = (short) value;
        count++;
        return count == SYMBOLS;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Writes the block and begins the next.
     *
     * @param bytes hold what the symbols stand for
     * @param start where it begins; negative if it cannot be had any more
     */
    void write(byte[] bytes, int start, int length) {
        long extra = extraBits();
        long fixedBytes = (fixedBits() + extra + 3 + 7) >> 3;
        literalTree.build();
        distanceTree.build();
        long dynamicBits = literalTree.bits() + distanceTree.bits() + extra + codeLengths.build();
        long best = Math.min((dynamicBits + 3 + 7) >> 3, fixedBytes);
        if (length + 4 <= best && start >= 0) {
            out.stored(bytes, start, length);
        } else if (fixedBytes == best) {
            out.write(0b010, 3);
            writeFixed();
        } else {
            out.write(0b100, 3);
            codeLengths.write(out);
            writeDynamic();
        }
        clear();
    }

    private void clear() {
        count = 0;
        literalTree.reset();
        distanceTree.reset();
        literalTree.count(DeflateCodes.END_OF_BLOCK);
    }

    private long extraBits() {
        long bits = 0;
        for (int symbol = 0; symbol < DeflateCodes.LITERALS_AND_LENGTHS; symbol++) {
            bits += (long) literalTree.frequency(symbol) * DeflateCodes.extraBits(symbol);
        }
        for (int symbol = 0; symbol < DeflateCodes.DISTANCES; symbol++) {
            bits += (long) distanceTree.frequency(symbol) * DeflateCodes.distanceExtraBits(symbol);
        }
        return bits;
    }

    private long fixedBits() {
        long bits = 0;
        for (int symbol = 0; symbol < DeflateCodes.LITERALS_AND_LENGTHS; symbol++) {
            bits += (long) literalTree.frequency(symbol) * DeflateCodes.fixedLength(symbol);
        }
        for (int symbol = 0; symbol < DeflateCodes.DISTANCES; symbol++) {
            bits += 5L * distanceTree.frequency(symbol);
        }
        return bits;
    }

    private void writeDynamic() {
        for (int i = 0; i < count; i++) {
            int distance = distances[i] & 0xffff;
            int value = values[i];
            if (distance == 0) {
                literalTree.write(value, out);
            } else {
                literalTree.write(DeflateCodes.lengthSymbol(value), out);
                DeflateCodes.writeLengthExtra(value, out);
                distanceTree.write(DeflateCodes.distanceSymbol(distance), out);
                DeflateCodes.writeDistanceExtra(distance, out);
            }
        }
        literalTree.write(DeflateCodes.END_OF_BLOCK, out);
    }

    private void writeFixed() {
        for (int i = 0; i < count; i++) {
            int distance = distances[i] & 0xffff;
            int value = values[i];
            if (distance == 0) {
                DeflateCodes.writeFixed(value, out);
            } else {
                DeflateCodes.writeFixed(DeflateCodes.lengthSymbol(value), out);
                DeflateCodes.writeLengthExtra(value, out);
                DeflateCodes.writeFixedDistance(DeflateCodes.distanceSymbol(distance), out);
                DeflateCodes.writeDistanceExtra(distance, out);
            }
        }
        DeflateCodes.writeFixed(DeflateCodes.END_OF_BLOCK, out);
    }
}
