package io.rosbalena.wheel.layout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file of an archive that must have the size which the archive's directory promises. */
final class ExactStream extends FilterInputStream {
    private final long size;
    private final String name;
    private long seen;

    ExactStream(InputStream in, long size, String name) {
        super(in);
        this.size = size;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (length > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        seen += skipped;
        return skipped;
    }

    private void count(int read) throws IOException {
        seen += Math.max(0, read);
        if (seen > size || (read < 0 && seen < size)) {
            throw new IOException(name + " has another size than the " + size + " bytes that its archive promises");
        }
    }
}
