package io.rosbalena.apt.index;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.preference.PackageFile;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.store.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a Release file says (Debian's wiki, «DebianRepository/Format», section «Release files»).
 *
 * @param origin {@code Origin}, or empty
 * @param label {@code Label}, or empty
 * @param suite {@code Suite}, or empty
 * @param codename {@code Codename}, or empty
 * @param version {@code Version}, or empty
 * @param date when it was made
 * @param validUntil until when it may be believed
 * @param byHash whether indexes can be fetched by their hash
 * @param architectures those that it has indexes for
 * @param separateAll whether packages of architecture {@code all} have an index of their own
 * @param priority pin priority of {@code apt_preferences(5)}: 500, 100 for backports, 1 for experimental
 * @param files index path to size and SHA-256
 */
record Release(
        String origin,
        String label,
        String suite,
        String codename,
        String version,
        Instant date,
        Optional<Instant> validUntil,
        boolean byHash,
        List<String> architectures,
        boolean separateAll,
        int priority,
        Map<String, IndexFile> files) {
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEE, d MMM yyyy H:mm:ss ")
            .appendPattern("[zzz][Z]")
            .toFormatter(Locale.ENGLISH);

    /**
     * Whether the archive changes all the time. The suites of Debian and Ubuntu themselves do not: their indexes are made
     * once, or a few times a year; what changes are those of updates.
     *
     * @param named the suite as a source names it
     */
    boolean changes(String named) {
        return !List.of("debian", "ubuntu").contains(origin.toLowerCase(Locale.ROOT)) || named.contains("-");
    }

    /**
     * An index that the Release file vouches for.
     *
     * @param path below the suite's folder
     * @param sha256 digest of its bytes
     * @param size bytes
     */
    record IndexFile(String path, Digest sha256, long size) {}

    /**
     * Reads the signed text.
     *
     * @throws IllegalArgumentException if it is not a Release file with SHA-256 sums
     */
    static Release parse(String text) {
        List<Stanza> stanzas = Deb822.parse(text);
        if (stanzas.size() != 1) {
            throw new IllegalArgumentException("it has " + stanzas.size() + " paragraphs instead of one");
        }
        Stanza stanza = stanzas.get(0);
        boolean notAutomatic = yes(stanza, "NotAutomatic");
        int automatic = 500;
        int reduced = yes(stanza, "ButAutomaticUpgrades") ? 100 : 1;
        List<String> architectures = stanza.words("Architectures");
        return new Release(
                stanza.get("Origin").orElse(""),
                stanza.get("Label").orElse(""),
                stanza.get("Suite").orElse(""),
                stanza.get("Codename").orElse(""),
                stanza.get("Version").orElse(""),
                stanza.get("Date")
                        .map(Release::instant)
                        .orElseThrow(() -> new IllegalArgumentException("it has no Date")),
                stanza.get("Valid-Until").map(Release::instant),
                yes(stanza, "Acquire-By-Hash"),
                architectures,
                architectures.contains("all")
                        && !stanza.words("No-Support-for-Architecture-all").contains("Packages"),
                notAutomatic ? reduced : automatic,
                files(stanza));
    }

    /**
     * What pins know of an index.
     *
     * @param index whose architecture it has; empty in a flat archive
     */
    PackageFile packageFile(Repository repository, String component, String index) {
        String host = repository.root().getHost();
        return new PackageFile(
                suite, codename, version, origin, label, component, index, host == null ? "" : host, priority);
    }

    /** Whether a file lists its indexes by SHA-256 sums. */
    static boolean hasSums(String text) {
        return text.lines().anyMatch(line -> line.regionMatches(true, 0, "SHA256:", 0, 7));
    }

    private static boolean yes(Stanza stanza, String field) {
        return stanza.get(field).map("yes"::equals).orElse(false);
    }

    private static Instant instant(String date) {
        try {
            return DATE.parse(date.replaceFirst("(UTC|GMT)$", "+0000"), Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it has the date \"" + date + "\", which cannot be read", e);
        }
    }

    private static Map<String, IndexFile> files(Stanza stanza) {
        String sums = stanza.get("SHA256")
                .orElseThrow(() -> new IllegalArgumentException("it has no SHA-256 sums of its indexes"));
        Map<String, IndexFile> files = new HashMap<>();
        for (String line : sums.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 3) {
                files.put(words[2], new IndexFile(words[2], new Digest(words[0]), Long.parseLong(words[1])));
            }
        }
        return Map.copyOf(files);
    }

    /**
     * The lasting name of the suite: {@code bookworm} although it calls itself {@code oldstable}, but
     * {@code jammy-updates} although its code name is {@code jammy}.
     */
    String lastingSuite() {
        return codename.isEmpty() || suite.startsWith(codename) ? suite : codename;
    }

    /** The name of a component of this suite; the file of a flat archive may name no suite, then its folder does. */
    ArchiveId archive(Repository repository, String component) {
        String name = lastingSuite().isEmpty() ? repository.suite() : lastingSuite();
        return new ArchiveId(origin, label, name, component);
    }

    /** Whether it is that of a repository's suite; a flat archive is known by its folder. */
    boolean answers(Repository repository) {
        return AptSource.isFlat(repository.suite()) || answers(repository.suite());
    }

    /** Whether a source that asks for this suite is answered by this file. */
    boolean answers(String wanted) {
        String bare = wanted.replaceFirst("/updates$", "");
        return List.of(suite, codename, lastingSuite()).stream()
                .anyMatch(name -> name.equals(wanted) || name.equals(bare));
    }
}
