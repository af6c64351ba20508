package io.rosbalena.apt.xz;

import java.io.IOException;

/** How far something may unpack. */
@FunctionalInterface
public interface SizeLimit {
    /**
     * Looks at the bytes that were unpacked so far.
     *
     * @throws io.rosbalena.tree.MalformedArchiveException if they are too many
     */
    void check(long unpacked) throws IOException;
}
