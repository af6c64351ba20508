package io.rosbalena.robot.resolving;

import java.util.Locale;

/** Sizes as people read them. */
final class ByteCount {
    private ByteCount() {}

    static String show(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
