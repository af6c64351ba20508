package io.rosbalena.apt.index;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A moment of the past, in UTC, as snapshot services name it.
 *
 * @param instant to the second
 */
public record SnapshotDate(Instant instant) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    /** Reads {@code YYYYMMDD}, which is the first moment of that day, or {@code YYYYMMDDTHHMMSSZ}; empty if it is neither. */
    public static Optional<SnapshotDate> parse(String text) {
        try {
            String stamp = text.matches("[0-9]{8}") ? text + "T000000Z" : text;
            return Optional.of(new SnapshotDate(STAMP.parse(stamp, Instant::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code YYYYMMDDTHHMMSSZ}. */
    public String stamp() {
        return STAMP.format(instant);
    }

    /** {@code YYYY-MM-DD}. */
    public String day() {
        return DAY.format(instant);
    }
}
