package io.rosbalena.rosdep;

import io.rosbalena.finding.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds keys that somebody may have meant. */
final class NearSpelling {
    private static final int MOST = 3;
    // How Debian packages decorate a library's name; people write the one for the other.
    private static final Pattern DECORATION = Pattern.compile("^(lib|python3?-)|(-dev|-pip)$");

    private NearSpelling() {}

    private record Candidate(String key, int distance) {}

    /** The nearest keys, the nearest first, three at most. */
    static List<String> of(String wanted, String distro, Collection<String> keys) {
        String bare = wanted.startsWith("ros-" + distro + "-") ? wanted.substring(distro.length() + 5) : wanted;
        String plain = plain(bare);
        String core = core(bare);
        int allowed = Math.max(1, Math.min(3, plain.length() / 4));
        return keys.stream()
                .map(key -> new Candidate(key, distance(plain, core, key, allowed)))
                .filter(candidate -> candidate.distance() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::key))
                .limit(MOST)
                .map(Candidate::key)
                .toList();
    }

    private static int distance(String plain, String core, String key, int allowed) {
        int direct = Spelling.distance(plain, plain(key), allowed);
        return core.length() > 2 && core.equals(core(key)) ? Math.min(direct, 1) : direct;
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String core(String key) {
        String before;
        String core = plain(key);
        do {
            before = core;
            core = DECORATION.matcher(core).replaceAll("");
        } while (!core.equals(before));
        return core;
    }
}
