package io.rosbalena.rosdep;

import io.rosbalena.finding.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds keys that somebody may have meant. */
final class NearSpelling {
    private static final int MOST = 3;
    // How Debian packages decorate a library's name; people write the one for the other.
    private static final List<String> BEFORE = List.of("lib", "python-", "python3-");
    private static final List<String> AFTER = List.of("-dev", "-pip");

    private final String rosPrefix;
    private final List<Spelled> keys;

    /** Prepares the keys, which takes longer than to compare them with one word. */
    NearSpelling(String distro, Collection<String> keys) {
        this.rosPrefix = "ros-" + distro + "-";
        this.keys = keys.stream().map(Spelled::of).toList();
    }

    /**
     * A key in the forms that are compared.
     *
     * @param plain in small letters, with dashes only
     * @param core {@code plain} without decoration
     * @param letters a bit for each letter and digit that occurs
     */
    private record Spelled(String key, String plain, String core, long letters) {
        static Spelled of(String key) {
            String plain = key.toLowerCase(Locale.ROOT).replace('_', '-');
            return new Spelled(key, plain, undecorated(plain), occurring(plain));
        }
    }

    private record Candidate(String key, int distance) {}

    /** The nearest keys, the nearest first, three at most. */
    List<String> of(String wanted) {
        Spelled spelled = Spelled.of(wanted.startsWith(rosPrefix) ? wanted.substring(rosPrefix.length()) : wanted);
        int allowed = Math.max(1, Math.min(3, spelled.plain().length() / 4));
        return keys.stream()
                .map(key -> new Candidate(key.key(), distance(spelled, key, allowed)))
                .filter(candidate -> candidate.distance() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::key))
                .limit(MOST)
                .map(Candidate::key)
                .toList();
    }

    private static int distance(Spelled wanted, Spelled key, int allowed) {
        // Each change adds one letter at most and takes one away at most; most keys are told apart by that.
        long added = key.letters() & ~wanted.letters();
        long removed = wanted.letters() & ~key.letters();
        int direct = Math.max(Long.bitCount(added), Long.bitCount(removed)) > allowed
                ? allowed + 1
                : Spelling.distance(wanted.plain(), key.plain(), allowed);
        return wanted.core().length() > 2 && wanted.core().equals(key.core()) ? Math.min(direct, 1) : direct;
    }

    private static long occurring(String plain) {
        return plain.chars().mapToLong(letter -> 1L << (letter & 63)).reduce(0, (one, other) -> one | other);
    }

    private static String undecorated(String plain) {
        String before;
        String core = plain;
        do {
            before = core;
            for (String decoration : BEFORE) {
                core = core.startsWith(decoration) ? core.substring(decoration.length()) : core;
            }
            for (String decoration : AFTER) {
                core = core.endsWith(decoration) ? core.substring(0, core.length() - decoration.length()) : core;
            }
        } while (!core.equals(before));
        return core;
    }
}
