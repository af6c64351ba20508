package io.rosbalena.tree;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A layer of which the contents are at hand: those that its index keeps at once; for any other the archive is unpacked,
 * once, into a temporary file that has lost its name.
 */
public final class UnpackedLayer implements Closeable {
    private final LayerIndex index;
    private final Content archive;
    private final Path scratch;
    private Optional<FileChannel> unpacked = Optional.empty();

    /**
     * A layer.
     *
     * @param archive its tar archive, not compressed
     * @param scratch folder for the temporary file
     */
    public UnpackedLayer(LayerIndex index, Content archive, Path scratch) {
        this.index = index;
        this.archive = archive;
        this.scratch = scratch;
    }

    LayerIndex index() {
        return index;
    }

    /** The content of an item of the index. */
    Content content(LayerIndex.Item item) {
        return item.kept()
                .orElseGet(() -> () -> new Part(
                        unpacked(), item.header().offset(), item.header().size()));
    }

    private synchronized FileChannel unpacked() throws IOException {
        if (unpacked.isEmpty()) {
            FileChannel channel = FileChannel.open(
                    Files.createTempFile(scratch, "layer", ".tar"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            unpacked = Optional.of(channel);
            try (InputStream in = archive.open()) {
                byte[] buffer = new byte[1 << 16];
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
            }
        }
        return unpacked.get();
    }

    @Override
    public synchronized void close() throws IOException {
        if (unpacked.isPresent()) {
            unpacked.get().close();
            unpacked = Optional.empty();
        }
    }

    /** A part of the file, read by position, so that several can be read at once. */
    private static final class Part extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Part(FileChannel channel, long offset, long length) {
            this.channel = channel;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, end - position);
            if (wanted == 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
