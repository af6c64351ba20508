package io.rosbalena.apt;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names a part of an archive by what its signed Release file says, never by where it was found, so that a mirror or a
 * snapshot of it is the same archive.
 *
 * @param origin {@code Origin} of the Release file; may be empty
 * @param label {@code Label} of the Release file; may be empty
 * @param suite the suite by its lasting name: {@code bookworm-updates}, not {@code oldstable-updates}
 * @param component for example {@code main}; empty for a flat archive
 */
public record ArchiveId(String origin, String label, String suite, String component) implements Comparable<ArchiveId> {

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it has not four parts
     */
    public static ArchiveId parse(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            parts.add(URLDecoder.decode(part, StandardCharsets.UTF_8));
        }
        if (parts.size() != 4) {
            throw new IllegalArgumentException("not an archive as origin/label/suite/component: \"" + text + "\"");
        }
        return new ArchiveId(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }

    @Override
    public int compareTo(ArchiveId other) {
        return toString().compareTo(other.toString());
    }

    /** The four parts separated by slashes, for example {@code Debian/Debian-Security/bookworm-security/main}. */
    @Override
    public String toString() {
        return Stream.of(origin, label, suite, component)
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
