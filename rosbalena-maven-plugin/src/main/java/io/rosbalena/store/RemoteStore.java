package io.rosbalena.store;

import java.io.IOException;
import java.util.Optional;

/**
 * Blobs that several machines share. What comes from there is believed only as far as its digest goes, and who asks must
 * know the digest from elsewhere. Safe for several threads.
 */
public interface RemoteStore {
    /** Where it is, for messages. */
    String name();

    /**
     * Brings a blob into a local store.
     *
     * @param size how many bytes it must have
     * @return whether it is there
     * @throws DigestMismatchException if it is there with other bytes; nothing is stored
     * @throws IOException if the remote cannot be asked
     */
    boolean fetch(Digest digest, long size, BlobStore into, Progress progress) throws IOException;

    /**
     * Reads a small blob whose size is not known.
     *
     * @param limit the most bytes that are accepted
     * @return empty if it is not there
     * @throws IOException as for {@link #fetch}
     */
    Optional<byte[]> read(Digest digest, long limit) throws IOException;

    /** What is kept under a name; {@link SharedList#OTHER} if that is no list. */
    Optional<SharedList> list(String name) throws IOException;

    /** Whether something is kept under a name. */
    boolean keeps(String name) throws IOException;

    /** Whether exactly this is kept under a name. */
    boolean keeps(String name, SharedList list) throws IOException;

    /**
     * Gives a blob of a local store to the remote, which may forget it again until it is {@linkplain #keep kept}.
     *
     * @return whether it had to be sent
     */
    boolean push(Digest digest, BlobStore from) throws IOException;

    /**
     * Makes the remote keep blobs that it was given, for as long as the name stands there. What stood under that name
     * before does so no more.
     */
    void keep(String name, SharedList list, BlobStore from) throws IOException;
}
