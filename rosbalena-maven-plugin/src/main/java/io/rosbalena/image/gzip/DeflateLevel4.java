package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;

/**
 * zlib's level 4 in Java, for machines whose zlib gives other bytes: lazy matching ({@code deflate_slow}) with the
 * parameters good 4, lazy 4, nice 16, chain 16, a window of 32 KiB and blocks of 16,383 symbols. Every decision falls as
 * in zlib 1.2.11 to 1.3, so that the bytes are the same; about half as fast.
 */
final class DeflateLevel4 implements Compressor {
    /** A match as long as this is taken without a look at the next position. */
    private static final int LAZY = 4;

    /** A match of three bytes from farther away costs more than three literals. */
    private static final int TOO_FAR = 4096;

    @Override
    public void compress(ByteBuffer raw, ByteBuffer packed) {
        new Run(raw, new BitWriter(packed)).compress();
    }

    /** The compression of one piece. */
    private static final class Run {
        private final MatchWindow window;
        private final SymbolBlock block;
        private final BitWriter out;

        Run(ByteBuffer raw, BitWriter out) {
            this.window = new MatchWindow(raw);
            this.block = new SymbolBlock(out);
            this.out = out;
        }

        void compress() {
            int length = MatchWindow.MIN_MATCH - 1;
            boolean literalPending = false;
            while (window.fill()) {
                int candidate = window.insert();
                int previousLength = length;
                int previousStart = window.matchStart();
                length = previousLength < LAZY ? find(candidate, previousLength) : MatchWindow.MIN_MATCH - 1;
                if (previousLength >= MatchWindow.MIN_MATCH && length <= previousLength) {
                    boolean full = block.addMatch(window.position() - 1 - previousStart, previousLength);
                    window.skip(previousLength - 1);
                    literalPending = false;
                    length = MatchWindow.MIN_MATCH - 1;
                    if (full) {
                        flush();
                    }
                } else {
                    if (literalPending && block.addLiteral(window.byteBefore())) {
                        flush();
                    }
                    literalPending = true;
                    window.advance();
                }
            }
            if (literalPending) {
                block.addLiteral(window.byteBefore());
            }
            if (!block.isEmpty()) {
                flush();
            }
            out.stored(new byte[0], 0, 0);
        }

        private int find(int candidate, int previousLength) {
            if (!window.isInReach(candidate)) {
                return MatchWindow.MIN_MATCH - 1;
            }
            int length = window.longestMatch(candidate, previousLength);
            boolean dear = length == MatchWindow.MIN_MATCH && window.position() - window.matchStart() > TOO_FAR;
            return dear ? MatchWindow.MIN_MATCH - 1 : length;
        }

        private void flush() {
            block.write(window.bytes(), window.blockStart(), window.position() - window.blockStart());
            window.startBlock();
        }
    }
}
