package io.rosbalena.apt.deb;

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
final class Spool implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private long size;

    private Spool(Path file, OpenOption... options) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, options);
        this.size = channel.size();
    }

    /** An empty one in a temporary file that has lost its name, so that it goes with the process however that ends. */
    static Spool temporary() throws IOException {
        // On Unix the JDK removes the name as soon as the file is open, elsewhere when it is closed.
        return new Spool(
                Files.createTempFile("rosbalena", ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** An empty one in a new file. */
    static Spool create(Path file) throws IOException {
        return new Spool(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What was written to a file before. */
    static Spool open(Path file) throws IOException {
        return new Spool(file, StandardOpenOption.READ);
    }

    /** Where the bytes stand, unless the file lost its name. */
    Path file() {
        return file;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        size += length;
    }

    /** A new stream over all bytes. */
    InputStream open() throws IOException {
        return open(0, size);
    }

    /** A new stream over a part; several may be read at the same time. */
    InputStream open(long offset, long length) throws IOException {
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
