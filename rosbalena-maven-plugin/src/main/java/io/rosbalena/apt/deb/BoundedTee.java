package io.rosbalena.apt.deb;

import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.Spool;
import java.io.IOException;
import java.io.InputStream;

/** Writes what is read into a spool, and stops where a small archive would unpack to an absurd size. */
final class BoundedTee extends BlockStream {
    private final InputStream in;
    private final Spool spool;
    private final long limit;
    private long size;

    BoundedTee(InputStream in, Spool spool, long limit) {
        this.in = in;
        this.spool = spool;
        this.limit = limit;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            size += read;
            if (size > limit) {
                throw new MalformedArchiveException("it unpacks to more than " + (limit >> 20)
                        + " MiB, far more than a package of its size can hold");
            }
            spool.write(buffer, offset, read);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
