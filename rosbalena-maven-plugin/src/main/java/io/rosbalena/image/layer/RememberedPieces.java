package io.rosbalena.image.layer;

import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.zip.DataFormatException;

/** The pieces of a part that was packed before, which are inflated and compared with what is known of them. */
record RememberedPieces(PackedPart part) implements PieceQueue.Feed {
    @Override
    public void into(PieceQueue queue) throws IOException {
        try (FileChannel in = open()) {
            in.position(part.offset());
            for (Piece piece : part.pieces()) {
                PieceBuffer buffer = queue.buffers().take();
                fill(buffer.packed().limit(piece.packed()), in);
                queue.put(() -> inflate(piece, buffer));
            }
        }
    }

    /** The store may lose a layer at any time: somebody cleans it. */
    private FileChannel open() throws IOException {
        try {
            return FileChannel.open(part.file());
        } catch (NoSuchFileException e) {
            throw new CorruptPartException(part, e);
        }
    }

    private void fill(ByteBuffer packed, FileChannel in) throws IOException {
        while (packed.hasRemaining()) {
            if (in.read(packed) < 0) {
                throw new CorruptPartException(
                        part, new EOFException(part.file().toString()));
            }
        }
    }

    private PieceQueue.Ready inflate(Piece piece, PieceBuffer buffer) throws CorruptPartException {
        try {
            buffer.unpack(piece);
            return new PieceQueue.Ready(piece, buffer);
        } catch (DataFormatException e) {
            throw new CorruptPartException(part, e);
        }
    }
}
