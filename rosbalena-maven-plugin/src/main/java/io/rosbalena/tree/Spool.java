package io.rosbalena.tree;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** Bytes in a file, written by one thread at a time and read by any, in any order. */
public final class Spool implements Closeable {
    private final FileChannel channel;
    private final Optional<Path> named;
    private volatile long size;

    private Spool(FileChannel channel, Optional<Path> named) {
        this.channel = channel;
        this.named = named;
    }

    /**
     * An empty one in a temporary file that has lost its name, so that it goes with the process however that ends.
     *
     * @param folder the file stands there
     */
    public static Spool temporary(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "rosbalena", ".spool");
        // On Unix the JDK removes the name as soon as the file is open, elsewhere when it is closed.
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        return new Spool(channel, Optional.empty());
    }

    /**
     * An empty one in a temporary file that other programs can write to, and that is deleted when this is closed.
     *
     * @param folder the file stands there
     */
    public static Spool named(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "rosbalena", ".spool");
        return new Spool(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), Optional.of(file));
    }

    /** The file, for other programs. */
    public Path file() {
        return named.orElseThrow();
    }

    /** Bytes in the file, with those that another program has added to it. */
    public long fileSize() throws IOException {
        return channel.size();
    }

    /** Takes in what another program has added. */
    public void takeAdded() throws IOException {
        size = channel.size();
        channel.position(size);
    }

    /** Bytes written so far. */
    public long size() {
        return size;
    }

    /** Takes back what was written last. */
    public void truncate(long newSize) throws IOException {
        channel.truncate(newSize);
        size = newSize;
    }

    /** Adds bytes at the end. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        size = channel.position();
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
        if (named.isPresent()) {
            Files.deleteIfExists(named.get());
        }
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
