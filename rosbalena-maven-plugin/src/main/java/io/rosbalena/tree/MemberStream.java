package io.rosbalena.tree;

import java.io.IOException;
import java.util.Objects;

/** The content of one member of an archive: so many bytes of the archive's stream, not one less. */
final class MemberStream extends BlockStream {
    private final CountedStream archive;
    private final String name;
    private long left;

    MemberStream(CountedStream archive, String name, long size) {
        this.archive = archive;
        this.name = name;
        this.left = size;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = archive.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw cut();
        }
        left -= read;
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** Passes over what the caller left unread. */
    void drain() throws IOException {
        left -= archive.pass(left);
        if (left > 0) {
            throw cut();
        }
    }

    private MalformedArchiveException cut() {
        return new MalformedArchiveException(
                "the archive ends in the middle of \"" + name + "\", " + left + " bytes are missing");
    }
}
