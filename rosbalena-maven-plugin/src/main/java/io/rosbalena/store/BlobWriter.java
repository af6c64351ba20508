package io.rosbalena.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;

/** A blob while it is written. Closed without {@link #commit}, it leaves nothing behind. */
public final class BlobWriter extends OutputStream {
    private final BlobStore store;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest sha = Digest.start();
    private long size;
    private boolean committed;

    BlobWriter(BlobStore store) throws IOException {
        this.store = store;
        this.file = store.temporary().resolve(UUID.randomUUID() + ".blob");
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Writes the remaining bytes of a buffer, which are used up. */
    public void write(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        sha.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw FileFinding.writing(file, bytes.remaining(), e);
        }
    }

    /** Bytes written so far. */
    public long size() {
        return size;
    }

    /** Makes the blob visible under its digest. */
    public Digest commit() throws IOException {
        Digest digest = Digest.from(sha);
        channel.force(true);
        publish(digest);
        return digest;
    }

    /**
     * Makes the blob visible if it is the one that was promised.
     *
     * @throws DigestMismatchException if the bytes have another digest; nothing becomes visible
     */
    public void commit(Digest expected) throws IOException {
        Digest digest = Digest.from(sha);
        if (!digest.equals(expected)) {
            throw new DigestMismatchException(expected, digest);
        }
        channel.force(true);
        publish(digest);
    }

    private void publish(Digest digest) throws IOException {
        channel.close();
        StoreTime.give(file);
        if (!file.toFile().setReadOnly()) {
            throw new IOException("cannot make " + file + " read-only");
        }
        Files.move(file, store.path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
        store.grown();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(file);
        }
    }
}
