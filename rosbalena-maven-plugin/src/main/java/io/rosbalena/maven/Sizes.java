package io.rosbalena.maven;

import java.util.Locale;

/** Bytes in the unit that people read: {@code 812 B}, {@code 3.4 MB}; powers of ten. */
final class Sizes {
    private Sizes() {}

    static String show(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit));
    }
}
