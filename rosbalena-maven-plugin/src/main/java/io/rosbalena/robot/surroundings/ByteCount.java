package io.rosbalena.robot.surroundings;

/** Sizes as people read them. */
public final class ByteCount {
    private ByteCount() {}

    /** For example {@code 12 kB}; thousands, not 1024s. */
    public static String show(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        long tenths = Math.round(bytes / 1e5);
        return bytes < 1_000_000 ? Math.round(bytes / 1e3) + " kB" : tenths / 10 + "." + tenths % 10 + " MB";
    }
}
