package io.rosbalena.image.gzip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * Cuts what is written into pieces and writes their compressed bytes in order. On a thread of a fork-join pool a piece is
 * compressed by an idle thread of the pool if there is one, else by this one when its turn comes; on any other thread
 * this one compresses all.
 */
public final class PieceStream extends PieceCutter {
    /** Pieces that wait for a thread. Few: each holds 2 MiB. */
    private static final int AHEAD = 2;

    private final Compressor compressor;
    private final PieceBuffers buffers;
    private final Sink out;
    private final Deque<ForkJoinTask<Packed>> pending = new ArrayDeque<>();
    private final List<Piece> pieces = new ArrayList<>();

    /** Where the compressed bytes go. */
    @FunctionalInterface
    public interface Sink {
        /** Writes some or all of the remaining bytes. */
        void write(ByteBuffer bytes) throws IOException;
    }

    private record Packed(Piece piece, PieceBuffer buffer) {}

    /** @param out gets the compressed bytes */
    public PieceStream(Compressor compressor, PieceBuffers buffers, Sink out) {
        super(buffers);
        this.compressor = compressor;
        this.buffers = buffers;
        this.out = out;
    }

    /** Cuts the last piece and waits for all; gives the pieces in their order. */
    public List<Piece> finish() throws IOException {
        cutLast();
        while (!pending.isEmpty()) {
            writeFirst();
        }
        return pieces;
    }

    @Override
    protected void cut(PieceBuffer full) throws IOException {
        ForkJoinTask<Packed> packing = ForkJoinTask.adapt(() -> new Packed(full.pack(compressor), full));
        if (ForkJoinTask.inForkJoinPool()) {
            packing.fork();
        } else {
            packing.invoke();
        }
        pending.add(packing);
        if (pending.size() > AHEAD) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        Packed packed = pending.remove().join();
        ByteBuffer bytes = packed.buffer().packed();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        pieces.add(packed.piece());
        buffers.giveBack(packed.buffer());
    }
}
