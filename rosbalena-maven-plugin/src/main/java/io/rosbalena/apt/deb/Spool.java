package io.rosbalena.apt.deb;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Bytes written once and read in any order: in memory while they are few, else in one temporary file that has lost its
 * name, so that it goes with the process however that ends.
 */
final class Spool implements Closeable {
    /** Packages up to this size never touch the disk. */
    static final int IN_MEMORY = 8 << 20;

    private byte[] memory = new byte[1 << 16];
    private Optional<FileChannel> file = Optional.empty();
    private long size;

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (file.isEmpty() && size + length > IN_MEMORY) {
            FileChannel channel = temporary();
            file = Optional.of(channel);
            write(channel, memory, 0, (int) size);
            memory = new byte[0];
        }
        if (file.isPresent()) {
            write(file.get(), bytes, offset, length);
        } else {
            if (size + length > memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.max(size + length, Math.min(IN_MEMORY, memory.length * 2L)));
            }
            System.arraycopy(bytes, offset, memory, (int) size, length);
        }
        size += length;
    }

    /** A new stream over a part; several may be read at the same time. */
    InputStream open(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException("no bytes " + offset + " to " + (offset + length) + " of " + size);
        }
        if (file.isEmpty()) {
            return new ByteArrayInputStream(memory, (int) offset, (int) length);
        }
        return new Part(file.get(), offset, length);
    }

    @Override
    public void close() throws IOException {
        memory = new byte[0];
        if (file.isPresent()) {
            file.get().close();
        }
    }

    private static FileChannel temporary() throws IOException {
        // On Unix the JDK removes the name as soon as the file is open, elsewhere when it is closed.
        return FileChannel.open(
                Files.createTempFile("rosbalena", ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static void write(FileChannel channel, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
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
