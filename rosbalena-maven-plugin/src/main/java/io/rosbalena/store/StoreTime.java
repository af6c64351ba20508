package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * The modification times that the store itself gives: whole minutes. A file with another time was written to by something
 * else since, for instance through its hard link in {@code images/}, and may hold anything. It costs nothing to see that
 * where a file is looked at anyway; what a disk loses by itself is not seen.
 */
public final class StoreTime {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long MINUTE_MILLIS = 60_000L;

    private StoreTime() {}

    /** The present minute. */
    static FileTime now() {
        return FileTime.fromMillis(System.currentTimeMillis() / MINUTE_MILLIS * MINUTE_MILLIS);
    }

    /** Whether the store gave this time. */
    public static boolean isOne(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS) % MINUTE_NANOS == 0;
    }

    /** Says that a file holds what it shall hold. */
    public static void give(Path file) throws IOException {
        Files.setLastModifiedTime(file, now());
    }
}
