package io.rosbalena.robot.surroundings;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.Transfer;
import java.io.IOException;
import java.net.URI;

/**
 * Looks in the cache before it goes to an address, for what is wanted by digest and size. A document that is known by its
 * address alone is always read from there.
 */
record CachedTransfer(SharedCache cache, Transfer origin, Console console) implements Transfer {
    @Override
    public byte[] read(URI uri, long limit) throws IOException {
        return origin.read(uri, limit);
    }

    @Override
    public void fetch(URI uri, Digest expected, long size, BlobStore store, Progress progress) throws IOException {
        if (size >= 0 && !store.has(expected)) {
            cache.bringQuietly(new SharedBlob(uri.getPath(), expected, size), console);
        }
        if (!store.has(expected)) {
            origin.fetch(uri, expected, size, store, progress);
        }
    }
}
