package io.rosbalena.image.gzip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Cuts what is written into pieces of one size; the last may be shorter. */
public abstract class PieceCutter extends OutputStream {
    private final PieceBuffers buffers;
    private PieceBuffer current;

    /** @param buffers give one for each piece */
    protected PieceCutter(PieceBuffers buffers) {
        this.buffers = buffers;
        this.current = buffers.take();
    }

    /** Takes a buffer whose raw side holds the next piece. */
    protected abstract void cut(PieceBuffer full) throws IOException;

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            ByteBuffer raw = current.raw();
            int step = Math.min(end - at, raw.remaining());
            raw.put(bytes, at, step);
            at += step;
            if (!raw.hasRemaining()) {
                cutCurrent();
            }
        }
    }

    /** Cuts the last piece, if something was written since the one before. */
    public final void cutLast() throws IOException {
        if (current.raw().position() > 0) {
            cutCurrent();
        }
        buffers.giveBack(current);
    }

    private void cutCurrent() throws IOException {
        PieceBuffer full = current;
        current = buffers.take();
        cut(full);
    }
}
