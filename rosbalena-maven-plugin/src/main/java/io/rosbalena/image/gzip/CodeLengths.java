package io.rosbalena.image.gzip;

/** The two Huffman codes of a block in compressed form, RFC 1951 §3.2.7: runs of lengths, themselves coded. */
final class CodeLengths {
    private static final int REPEAT = 16;
    private static final int FEW_ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final HuffmanTree literals;
    private final HuffmanTree distances;
    private final HuffmanTree tree = new HuffmanTree(ORDER.length, 7);
    private int written;

    CodeLengths(HuffmanTree literals, HuffmanTree distances) {
        this.literals = literals;
        this.distances = distances;
    }

    /** Where the symbols of a tree's lengths go, each with the bits that follow it. */
    private interface Sink {
        void put(int symbol, int extra, int extraBits);
    }

    /** Makes the code of the lengths; gives the bits that all of it takes in the block. */
    long build() {
        tree.reset();
        long[] bits = {5 + 5 + 4};
        Sink counting = (symbol, extra, extraBits) -> {
            tree.count(symbol);
            bits[0] += extraBits;
        };
        scan(literals, counting);
        scan(distances, counting);
        tree.build();
        written = ORDER.length;
        while (written > 4 && tree.length(ORDER[written - 1]) == 0) {
            written--;
        }
        return bits[0] + 3L * written + tree.bits();
    }

    void write(BitWriter out) {
        out.write(literals.lastUsed() - 256, 5);
        out.write(distances.lastUsed(), 5);
        out.write(written - 4, 4);
        for (int i = 0; i < written; i++) {
            out.write(tree.length(ORDER[i]), 3);
        }
        Sink writing = (symbol, extra, extraBits) -> {
            tree.write(symbol, out);
            out.write(extra, extraBits);
        };
        scan(literals, writing);
        scan(distances, writing);
    }

    /** Cuts the lengths into runs where zlib does: after seven of a new length, six of one that goes on, 138 zeros. */
    private static void scan(HuffmanTree of, Sink sink) {
        int last = of.lastUsed();
        int before = -1;
        int count = 0;
        for (int n = 0; n <= last; n++) {
            int length = of.length(n);
            int next = n < last ? of.length(n + 1) : -1;
            count++;
            if (length == next && count < longestRun(length, before)) {
                continue;
            }
            put(length, count, length == before, sink);
            count = 0;
            before = length;
        }
    }

    private static int longestRun(int length, int before) {
        if (length == 0) {
            return 138;
        }
        return length == before ? 6 : 7;
    }

    private static void put(int length, int count, boolean goesOn, Sink sink) {
        int shortest = length == 0 || goesOn ? 3 : 4;
        if (count < shortest) {
            for (int i = 0; i < count; i++) {
                sink.put(length, 0, 0);
            }
        } else if (length != 0) {
            if (!goesOn) {
                sink.put(length, 0, 0);
            }
            sink.put(REPEAT, count - (goesOn ? 3 : 4), 2);
        } else if (count <= 10) {
            sink.put(FEW_ZEROS, count - 3, 3);
        } else {
            sink.put(MANY_ZEROS, count - 11, 7);
        }
    }
}
