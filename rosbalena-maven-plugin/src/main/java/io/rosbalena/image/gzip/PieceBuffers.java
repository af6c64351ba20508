package io.rosbalena.image.gzip;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers that are not in use, since direct memory is slow to get and slower to be given back. */
public final class PieceBuffers {
    private final ConcurrentLinkedQueue<PieceBuffer> free = new ConcurrentLinkedQueue<>();

    /** One whose sides are both empty. */
    public PieceBuffer take() {
        PieceBuffer buffer = free.poll();
        return (buffer == null ? new PieceBuffer() : buffer).clear();
    }

    /** Takes one back that nobody uses any more. */
    public void giveBack(PieceBuffer buffer) {
        free.add(buffer);
    }
}
