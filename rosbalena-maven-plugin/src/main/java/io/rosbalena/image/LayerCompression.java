package io.rosbalena.image;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.MalformedArchiveException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How the tar archive of a layer is compressed, told by its first bytes: media types are often wrong. */
enum LayerCompression {
    NONE,
    GZIP,
    ZSTD;

    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    /** The compression of what a stream holds, which stays where it is. */
    static LayerCompression detect(BufferedInputStream in) throws IOException {
        in.mark(ZSTD_MAGIC.length);
        byte[] first = in.readNBytes(ZSTD_MAGIC.length);
        in.reset();
        if (Arrays.equals(first, ZSTD_MAGIC)) {
            return ZSTD;
        }
        return Arrays.equals(Arrays.copyOf(first, GZIP_MAGIC.length), GZIP_MAGIC) ? GZIP : NONE;
    }

    /** The bytes without the compression; every kind of damage shows as {@link MalformedArchiveException}. */
    InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new Checked(gzip(in));
            case ZSTD -> new Checked(new ZstdInputStream(in));
        };
    }

    private static InputStream gzip(InputStream in) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
    }

    /** Gives the failures of all decompressors one form. */
    private static final class Checked extends BlockStream {
        private final InputStream in;

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw new MalformedArchiveException("a layer whose compressed data is damaged: " + e.getMessage(), e);
            } catch (MalformedInputException e) {
                throw new MalformedArchiveException(
                        "a layer whose zstd data is damaged or wants a window of more than 8 MiB", e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
