package io.rosbalena.tree;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Bytes in a file, written once and read in any order. */
public final class Spool implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private long size;

    private Spool(Path file, OpenOption... options) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, options);
        this.size = channel.size();
    }

    /** An empty one in a temporary file of the system, otherwise as {@link #temporary(Path)}. */
    public static Spool temporary() throws IOException {
        return unnamed(Files.createTempFile("rosbalena", ".spool"));
    }

    /**
     * An empty one in a temporary file that has lost its name, so that it goes with the process however that ends.
     *
     * @param folder the file stands there
     */
    public static Spool temporary(Path folder) throws IOException {
        return unnamed(Files.createTempFile(folder, "rosbalena", ".spool"));
    }

    private static Spool unnamed(Path file) throws IOException {
        // On Unix the JDK removes the name as soon as the file is open, elsewhere when it is closed.
        return new Spool(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** An empty one in a new file. */
    public static Spool create(Path file) throws IOException {
        return new Spool(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What was written to a file before. */
    public static Spool open(Path file) throws IOException {
        return new Spool(file, StandardOpenOption.READ);
    }

    /** Where the bytes stand, unless the file lost its name. */
    public Path file() {
        return file;
    }

    /** Adds bytes at the end. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        size += length;
    }

    /** A new stream over all bytes. */
    public InputStream open() throws IOException {
        return open(0, size);
    }

    /** A new stream over a part; several may be read at the same time. */
    public InputStream open(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException("no bytes " + offset + " to " + (offset + length) + " of " + size);
        }
        return new Part(channel, offset, length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A part of the file, read by position. */
    private static final class Part extends BlockStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Part(FileChannel channel, long offset, long length) {
            this.channel = channel;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (length == 0) {
                return 0;
            }
            if (position == end) {
                return -1;
            }
            int wanted = (int) Math.min(length, end - position);
            int read = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            if (read > 0) {
                position += read;
            }
            return read;
        }

        @Override
        public long skip(long bytes) {
            long skipped = Math.max(0, Math.min(bytes, end - position));
            position += skipped;
            return skipped;
        }
    }
}
