package io.rosbalena.compose;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as compose writes it: {@code 64m}, {@code 1.5g}, {@code 512MB}, {@code 1024}; units are powers of
 * 1024. The Supervisor reads a size with a fraction as "no limit", so the printed form is an integer.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([bkmgt]?)(?:i?b)?");
    private static final String UNITS = "bkmgt";

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
    }

    /** Reads a size; empty if it is none. */
    public static Optional<ByteSize> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(new BigDecimal(1L << (10 * power)));
        return bytes.compareTo(new BigDecimal(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(new ByteSize(bytes.longValue()));
    }

    /** The shortest exact form with {@code g}, {@code m}, {@code k} or nothing behind it. */
    public String print() {
        for (int power = 3; power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes > 0 && bytes % unit == 0) {
                return bytes / unit + String.valueOf(UNITS.charAt(power));
            }
        }
        return Long.toString(bytes);
    }
}
