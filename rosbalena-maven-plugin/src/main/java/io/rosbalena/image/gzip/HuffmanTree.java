package io.rosbalena.image.gzip;

import java.util.Arrays;

/**
 * A Huffman code made from frequencies. The same frequencies give the same code as zlib's {@code trees.c}: a heap ordered
 * by frequency and depth, codes too long shortened by moving leaves.
 */
final class HuffmanTree {
    private final int elements;
    private final int longest;
    private final int[] frequency;
    private final int[] length;
    private final int[] code;
    private final int[] parent;
    private final int[] depth;
    private final int[] heap;
    private int heapLength;
    private int heapTop;
    private int lastUsed;
    /** Symbols with a code word that do not occur: a code has at least two. zlib counts a bit for each. */
    private int forced;

    /**
     * A code for so many symbols.
     *
     * @param longest bits of the longest code word
     */
    HuffmanTree(int elements, int longest) {
        this.elements = elements;
        this.longest = longest;
        int nodes = 2 * elements + 1;
        frequency = new int[nodes];
        length = new int[nodes];
        code = new int[elements];
        parent = new int[nodes];
        depth = new int[nodes];
        heap = new int[nodes];
    }

    void reset() {
        Arrays.fill(frequency, 0, elements, 0);
    }

    void count(int symbol) {
        frequency[symbol]++;
    }

    int frequency(int symbol) {
        return frequency[symbol];
    }

    /** Bits of a symbol's code word; 0 if it does not occur. */
    int length(int symbol) {
        return length[symbol];
    }

    /** The highest symbol that has a code word. */
    int lastUsed() {
        return lastUsed;
    }

    void write(int symbol, BitWriter out) {
        out.write(code[symbol], length[symbol]);
    }

    /** Bits of all code words as often as their symbols occur. */
    long bits() {
        long bits = -forced;
        for (int n = 0; n <= lastUsed; n++) {
            bits += (long) frequency[n] * length[n];
        }
        return bits;
    }

    /** Makes the code. */
    void build() {
        heapLength = 0;
        heapTop = heap.length;
        lastUsed = -1;
        for (int n = 0; n < elements; n++) {
            length[n] = 0;
            if (frequency[n] != 0) {
                heap[++heapLength] = n;
                lastUsed = n;
                depth[n] = 0;
            }
        }
        forced = 0;
        while (heapLength < 2) {
            int node = lastUsed < 2 ? ++lastUsed : 0;
            heap[++heapLength] = node;
            frequency[node] = 1;
            depth[node] = 0;
            forced++;
        }
        for (int n = heapLength / 2; n >= 1; n--) {
            siftDown(n);
        }
        join();
        assignCodes(assignLengths());
    }

    private void join() {
        int node = elements;
        do {
            int least = heap[1];
            heap[1] = heap[heapLength--];
            siftDown(1);
            int next = heap[1];
            heap[--heapTop] = least;
            heap[--heapTop] = next;
            frequency[node] = frequency[least] + frequency[next];
            depth[node] = Math.max(depth[least], depth[next]) + 1;
            parent[least] = node;
            parent[next] = node;
            heap[1] = node++;
            siftDown(1);
        } while (heapLength >= 2);
        heap[--heapTop] = heap[1];
    }

    private void siftDown(int from) {
        int place = from;
        int node = heap[place];
        for (int child = 2 * place; child <= heapLength; child = 2 * place) {
            if (child < heapLength && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (isBefore(node, heap[child])) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = node;
    }

    private boolean isBefore(int a, int b) {
        return frequency[a] < frequency[b] || (frequency[a] == frequency[b] && depth[a] <= depth[b]);
    }

    /** Lengths from the root down; gives the number of code words of each length. */
    private int[] assignLengths() {
        int[] counts = new int[16];
        int overflow = 0;
        length[heap[heapTop]] = 0;
        for (int h = heapTop + 1; h < heap.length; h++) {
            int n = heap[h];
            int bits = length[parent[n]] + 1;
            if (bits > longest) {
                bits = longest;
                overflow++;
            }
            length[n] = bits;
            if (n < elements) {
                counts[bits]++;
            }
        }
        if (overflow > 0) {
            shorten(counts, overflow);
        }
        return counts;
    }

    private void shorten(int[] counts, int overflow) {
        for (int left = overflow; left > 0; left -= 2) {
            int bits = longest - 1;
            while (counts[bits] == 0) {
                bits--;
            }
            counts[bits]--;
            counts[bits + 1] += 2;
            counts[longest]--;
        }
        int h = heap.length;
        for (int bits = longest; bits != 0; bits--) {
            for (int left = counts[bits]; left != 0; ) {
                int n = heap[--h];
                if (n < elements) {
                    length[n] = bits;
                    left--;
                }
            }
        }
    }

    /** Code words in order of length and symbol, RFC 1951 §3.2.2, their bits turned round. */
    private void assignCodes(int[] counts) {
        int[] next = new int[16];
        for (int bits = 1; bits < 16; bits++) {
            next[bits] = (next[bits - 1] + counts[bits - 1]) << 1;
        }
        for (int n = 0; n <= lastUsed; n++) {
            if (length[n] != 0) {
                code[n] = Integer.reverse(next[length[n]]++) >>> (32 - length[n]);
            }
        }
    }
}
