package io.rosbalena.image.layer;

import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.PieceBuffer;
import io.rosbalena.image.gzip.PieceCutter;
import io.rosbalena.tree.TarWriter;
import java.io.IOException;

/**
 * Some entries of a tar archive as pieces that are compressed.
 *
 * @param writing writes them
 */
record TarPieces(Compressor compressor, Writing writing) implements PieceQueue.Feed {
    /** Writes to a tar archive. */
    @FunctionalInterface
    interface Writing {
        void to(TarWriter tar) throws IOException;
    }

    @Override
    public void into(PieceQueue queue) throws IOException {
        Cutter cutter = new Cutter(queue);
        writing.to(new TarWriter(cutter));
        cutter.cutLast();
    }

    private final class Cutter extends PieceCutter {
        private final PieceQueue queue;

        Cutter(PieceQueue queue) {
            super(queue.buffers());
            this.queue = queue;
        }

        @Override
        protected void cut(PieceBuffer full) throws IOException {
            queue.put(() -> new PieceQueue.Ready(full.pack(compressor), full));
        }
    }
}
