package io.rosbalena.image.gzip;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Leaves the work to the JDK's zlib, whichever that is; see {@link KnownAnswers}. */
final class ZlibCompressor implements Compressor {
    @Override
    public void compress(ByteBuffer raw, ByteBuffer packed) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(raw);
            // One call with room to spare: zlib repeats the flush marker when a call fills its output exactly.
            deflater.deflate(packed, Deflater.SYNC_FLUSH);
            if (raw.hasRemaining() || !packed.hasRemaining()) {
                throw new IllegalStateException("zlib did not compress a piece in one call");
            }
        } finally {
            deflater.end();
        }
    }
}
