package io.rosbalena.image;

import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffer;
import java.io.IOException;
import java.io.OutputStream;
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
final class PieceStream extends OutputStream {
    /** Pieces that wait for a thread. Few: each holds 2 MiB. */
    private static final int AHEAD = 2;

    private final Compressor compressor;
    private final PieceBuffers buffers;
    private final Sink out;
    private final Deque<ForkJoinTask<Packed>> pending = new ArrayDeque<>();
    private final List<Piece> pieces = new ArrayList<>();
    private PieceBuffer current;

    /** Where the compressed bytes go. */
    @FunctionalInterface
    interface Sink {
        /** Writes some or all of the remaining bytes. */
        void write(ByteBuffer bytes) throws IOException;
    }

    private record Packed(Piece piece, PieceBuffer buffer) {}

    PieceStream(Compressor compressor, PieceBuffers buffers, Sink out) {
        this.compressor = compressor;
        this.buffers = buffers;
        this.out = out;
        this.current = buffers.take();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            ByteBuffer raw = current.raw();
            int step = Math.min(end - at, raw.remaining());
            raw.put(bytes, at, step);
            at += step;
            if (!raw.hasRemaining()) {
                cut();
            }
        }
    }

    /** Cuts the last piece and waits for all; gives the pieces in their order. */
    List<Piece> finish() throws IOException {
        if (current.raw().position() > 0) {
            cut();
        }
        while (!pending.isEmpty()) {
            writeFirst();
        }
        buffers.giveBack(current);
        return pieces;
    }

    private void cut() throws IOException {
        PieceBuffer full = current;
        ForkJoinTask<Packed> packing = ForkJoinTask.adapt(() -> new Packed(full.pack(compressor), full));
        if (ForkJoinTask.inForkJoinPool()) {
            packing.fork();
        } else {
            packing.invoke();
        }
        pending.add(packing);
        current = buffers.take();
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
