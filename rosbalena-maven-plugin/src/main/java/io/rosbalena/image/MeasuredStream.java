package io.rosbalena.image;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.MalformedArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts, digests and hands on what is read, and stops where a small layer would unpack to an absurd size. */
final class MeasuredStream extends BlockStream {
    /** Ten times the largest images of ROS; what unpacks to more was made to fill the disk. */
    private static final long LIMIT = 64L << 30;

    private final InputStream in;
    private final Copy copy;
    private final MessageDigest sha = Digest.start();
    private long size;

    /** Where the bytes go as well. */
    @FunctionalInterface
    interface Copy {
        Copy NONE = (bytes, offset, length) -> {};

        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    MeasuredStream(InputStream in, Copy copy) {
        this.in = in;
        this.copy = copy;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            size += read;
            if (size > LIMIT) {
                throw new MalformedArchiveException("a layer that unpacks to more than " + (LIMIT >> 30) + " GiB");
            }
            sha.update(buffer, offset, read);
            copy.write(buffer, offset, read);
        }
        return read;
    }

    /** Bytes read so far. */
    long size() {
        return size;
    }

    /** The digest of all that was read; ends the stream's use. */
    Digest digest() {
        return Digest.from(sha);
    }
}
