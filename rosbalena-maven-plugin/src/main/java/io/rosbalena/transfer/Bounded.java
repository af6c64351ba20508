package io.rosbalena.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Reads a stream into memory, but never more than was allowed. */
public final class Bounded {
    private Bounded() {}

    /**
     * The rest of a stream, which is not closed.
     *
     * @param uri where it comes from
     * @throws TransferException if it has more than {@code limit} bytes
     */
    public static byte[] read(InputStream in, long limit, URI uri) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        int read;
        while ((read = in.read(buffer)) >= 0) {
            if ((long) bytes.size() + read > limit) {
                throw tooLarge(uri, limit);
            }
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    static TransferException tooLarge(URI uri, long limit) {
        return new TransferException(
                TransferException.Kind.SIZE, Location.show(uri) + " has more than the " + limit + " bytes allowed");
    }
}
