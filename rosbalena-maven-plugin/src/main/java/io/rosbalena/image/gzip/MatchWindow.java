package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;

/**
 * The last 32 to 64 KiB of the input with hash chains over all strings of three bytes, as zlib's {@code deflate.c} keeps
 * them. Positions are counted from the window's start and move when it slides; position 0 stands for none.
 */
final class MatchWindow {
    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 258;

    private static final int SIZE = 1 << 15;
    private static final int MASK = SIZE - 1;

    /** As many bytes must lie ahead that a match of full length and the next one can be seen. */
    private static final int MIN_LOOKAHEAD = MAX_MATCH + MIN_MATCH + 1;

    private static final int MAX_DISTANCE = SIZE - MIN_LOOKAHEAD;
    private static final int HASH_MASK = (1 << 15) - 1;
    private static final int HASH_SHIFT = 5;
    private static final int GOOD = 4;
    private static final int NICE = 16;
    private static final int CHAIN = 16;

    private final ByteBuffer input;
    private final byte[] bytes = new byte[2 * SIZE + MAX_MATCH];
    private final char[] head = new char[HASH_MASK + 1];
    private final char[] previous = new char[SIZE];
    private int position;
    private int lookahead;
    private int matchStart;
    private int blockStart;

    MatchWindow(ByteBuffer input) {
        this.input = input;
    }

    /** Reads ahead where needed; false at the end of the input. */
    boolean fill() {
        while (lookahead < MIN_LOOKAHEAD) {
            if (position >= SIZE + MAX_DISTANCE) {
                slide();
            }
            int room = 2 * SIZE - lookahead - position;
            int length = Math.min(room, input.remaining());
            if (length == 0) {
                break;
            }
            input.get(bytes, position + lookahead, length);
            lookahead += length;
        }
        return lookahead > 0;
    }

    private void slide() {
        System.arraycopy(bytes, SIZE, bytes, 0, SIZE);
        position -= SIZE;
        matchStart -= SIZE;
        blockStart -= SIZE;
        slide(head);
        slide(previous);
    }

    private static void slide(char[] positions) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (char) Math.max(positions[i] - SIZE, 0);
        }
    }

    /** Enters the string at the position; gives the last one with the same hash, or 0. */
    int insert() {
        return lookahead >= MIN_MATCH ? insert(position) : 0;
    }

    private int insert(int at) {
        int hash =
                ((bytes[at] & 0xff) << (2 * HASH_SHIFT) ^ (bytes[at + 1] & 0xff) << HASH_SHIFT ^ (bytes[at + 2] & 0xff))
                        & HASH_MASK;
        char last = head[hash];
        previous[at & MASK] = last;
        head[hash] = (char) at;
        return last;
    }

    boolean isInReach(int candidate) {
        return candidate != 0 && position - candidate <= MAX_DISTANCE;
    }

    /** Length of the longest match that a short search finds; {@code atLeast} if none is longer. */
    int longestMatch(int candidate, int atLeast) {
        int limit = Math.max(position - MAX_DISTANCE, 0);
        int chain = atLeast >= GOOD ? CHAIN >> 2 : CHAIN;
        int nice = Math.min(NICE, lookahead);
        int best = atLeast;
        int match = candidate;
        do {
            if (bytes[match + best] == bytes[position + best]
                    && bytes[match + best - 1] == bytes[position + best - 1]
                    && bytes[match] == bytes[position]
                    && bytes[match + 1] == bytes[position + 1]) {
                int length = commonLength(match);
                if (length > best) {
                    matchStart = match;
                    best = length;
                    if (length >= nice) {
                        break;
                    }
                }
            }
            match = previous[match & MASK];
            chain--;
        } while (match > limit && chain != 0);
        return Math.min(best, lookahead);
    }

    private int commonLength(int match) {
        int length = 2;
        while (length < MAX_MATCH && bytes[match + length] == bytes[position + length]) {
            length++;
        }
        return length;
    }

    /** Passes the rest of a match that began one byte before the position, entering its strings. */
    void skip(int count) {
        int lastString = position + lookahead - MIN_MATCH;
        lookahead -= count;
        for (int i = 1; i < count; i++) {
            position++;
            if (position <= lastString) {
                insert(position);
            }
        }
        position++;
    }

    void advance() {
        position++;
        lookahead--;
    }

    int position() {
        return position;
    }

    /** Where the last match that was found begins. */
    int matchStart() {
        return matchStart;
    }

    int byteBefore() {
        return bytes[position - 1] & 0xff;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the block begins; negative once its begin has left the window. */
    int blockStart() {
        return blockStart;
    }

    void startBlock() {
        blockStart = position;
    }
}
