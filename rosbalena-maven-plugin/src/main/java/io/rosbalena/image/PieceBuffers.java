package io.rosbalena.image;

import io.rosbalena.image.gzip.PieceBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers that are not in use, since direct memory is slow to get and slower to be given back. */
final class PieceBuffers {
    private final ConcurrentLinkedQueue<PieceBuffer> free = new ConcurrentLinkedQueue<>();

    PieceBuffer take() {
        PieceBuffer buffer = free.poll();
        return (buffer == null ? new PieceBuffer() : buffer).clear();
    }

    void giveBack(PieceBuffer buffer) {
        free.add(buffer);
    }
}
