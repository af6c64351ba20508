package io.rosbalena.apt.deb;

import io.rosbalena.tree.MalformedArchiveException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Writes what is read into a spool, and stops where a small archive would unpack to an absurd size. */
final class BoundedTee extends FilterInputStream {
    private final Spool spool;
    private final long limit;
    private long size;

    BoundedTee(InputStream in, Spool spool, long limit) {
        super(in);
        this.spool = spool;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
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
}
