package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * When a thing in the store was last used: its modification time, since many file systems keep no access times. Coarse,
 * so that a build that uses thousands of things does not write thousands of inodes.
 */
final class LastUse {
    private static final long COARSE_MILLIS = 60 * 60 * 1000L;

    private LastUse() {}

    /** Marks a file or folder as used now. One that just vanished, or belongs to another user, stays as it is. */
    static void mark(Path path, FileTime marked) {
        if (System.currentTimeMillis() - marked.toMillis() >= COARSE_MILLIS) {
            mark(path);
        }
    }

    /** The same, however short the last use is ago. */
    static void mark(Path path) {
        try {
            StoreTime.give(path);
        } catch (IOException e) {
            // The mark only orders what goes first when the store is full; without it nothing is wrong.
            return;
        }
    }

    static FileTime of(Path path) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    }
}
