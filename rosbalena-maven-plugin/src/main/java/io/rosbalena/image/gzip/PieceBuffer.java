package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Room for one piece in both forms. Direct memory, since zlib holds a Java array in a way that keeps the garbage
 * collector out. For one thread at a time.
 */
public final class PieceBuffer {
    // One byte of room too much, so that inflating goes on to the end of the packed bytes.
    private final ByteBuffer raw = ByteBuffer.allocateDirect(Piece.RAW_LIMIT + 1);
    private final ByteBuffer packed = ByteBuffer.allocateDirect(Piece.PACKED_LIMIT);

    /** Empties both sides: as many bytes as a piece may have can be put into either. */
    public PieceBuffer clear() {
        raw.clear().limit(Piece.RAW_LIMIT);
        packed.clear();
        return this;
    }

    /** The raw bytes: filled before {@link #pack}, ready to be read after it and after {@link #unpack}. */
    public ByteBuffer raw() {
        return raw;
    }

    /** The deflated bytes: filled before {@link #unpack}, ready to be read after it and after {@link #pack}. */
    public ByteBuffer packed() {
        return packed;
    }

    /** Deflates the bytes put into {@link #raw}. */
    public Piece pack(Compressor compressor) {
        raw.flip();
        int length = raw.remaining();
        int crc = crc();
        compressor.compress(raw, packed);
        raw.rewind();
        packed.flip();
        return new Piece(packed.remaining(), length, crc);
    }

    /**
     * Inflates the bytes put into {@link #packed}.
     *
     * @throws DataFormatException if they are not this piece
     */
    public void unpack(Piece piece) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            packed.flip();
            raw.clear();
            inflater.setInput(packed);
            inflater.inflate(raw);
            raw.flip();
            if (packed.hasRemaining() || raw.remaining() != piece.raw() || crc() != piece.crc()) {
                throw new DataFormatException("the bytes are not those that were compressed");
            }
            packed.rewind();
        } finally {
            inflater.end();
        }
    }

    private int crc() {
        CRC32 crc = new CRC32();
        crc.update(raw.duplicate());
        return (int) crc.getValue();
    }
}
