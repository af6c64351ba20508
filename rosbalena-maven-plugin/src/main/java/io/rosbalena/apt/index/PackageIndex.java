package io.rosbalena.apt.index;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.preference.PackageFile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An {@link IndexExtract} in memory. Only where stanzas start is kept of them; a candidate is made when somebody asks for
 * its name, which for a robot is one in a hundred.
 */
final class PackageIndex {
    private static final byte[] PACKAGE = "Package:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROVIDES = "Provides:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ESSENTIAL = "Essential: yes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQUIRED = "Priority: required".getBytes(StandardCharsets.US_ASCII);

    private final ArchiveId archive;
    private final PackageFile file;
    private final byte[] extract;
    private int[] starts = new int[1024];
    private int count;

    PackageIndex(ArchiveId archive, PackageFile file, byte[] extract) {
        this.archive = archive;
        this.file = file;
        this.extract = extract;
    }

    /** What a scan of the index tells about each stanza. */
    interface Visitor {
        /** A stanza's package. */
        void named(String name, int stanza);

        /** The last named stanza has provisions. */
        void provides(String field, int stanza);

        /** The last named stanza is essential or required. */
        void belongsToEveryBase(String name, boolean essential);
    }

    PackageFile file() {
        return file;
    }

    ArchiveId archive() {
        return archive;
    }

    /** Goes through all stanzas once; the index can be used afterwards. */
    void scan(Visitor visitor) {
        int at = 0;
        boolean fresh = true;
        String name = "";
        while (at < extract.length) {
            int end = at;
            while (end < extract.length && extract[end] != '\n') {
                end++;
            }
            if (end == at) {
                fresh = true;
            } else {
                if (fresh) {
                    fresh = false;
                    add(at);
                }
                // Fields begin with different letters, so that most lines cost one comparison.
                if (extract[at] == 'P') {
                    if (starts(PACKAGE, at)) {
                        name = value(at + PACKAGE.length, end);
                        visitor.named(name, count - 1);
                    } else if (starts(PROVIDES, at)) {
                        visitor.provides(value(at + PROVIDES.length, end), count - 1);
                    } else if (starts(REQUIRED, at)) {
                        visitor.belongsToEveryBase(name, false);
                    }
                } else if (extract[at] == 'E' && starts(ESSENTIAL, at)) {
                    visitor.belongsToEveryBase(name, true);
                }
            }
            at = end + 1;
        }
        starts = Arrays.copyOf(starts, count);
    }

    /**
     * The candidates of some names, in the index's order; goes through all stanzas.
     *
     * @throws FindingException as {@link #candidate} does
     */
    List<Candidate> named(Set<String> names) {
        List<Integer> found = new ArrayList<>();
        scan(new Visitor() {
            @Override
            public void named(String name, int stanza) {
                if (names.contains(name)) {
                    found.add(stanza);
                }
            }

            @Override
            public void provides(String field, int stanza) {}

            @Override
            public void belongsToEveryBase(String name, boolean essential) {}
        });
        return found.stream().map(this::candidate).toList();
    }

    /** The text of each stanza, in the order of the index, once it was scanned. */
    void forEachStanza(Consumer<String> reader) {
        for (int stanza = 0; stanza < count; stanza++) {
            reader.accept(text(stanza));
        }
    }

    private String text(int stanza) {
        int end = stanza + 1 < count ? starts[stanza + 1] : extract.length;
        return new String(extract, starts[stanza], end - starts[stanza], StandardCharsets.UTF_8);
    }

    private void add(int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = start;
    }

    private boolean starts(byte[] prefix, int at) {
        return at + prefix.length <= extract.length
                && Arrays.equals(extract, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private String value(int from, int end) {
        return new String(extract, from, end - from, StandardCharsets.UTF_8).strip();
    }

    /**
     * The candidate of a stanza.
     *
     * @throws FindingException if the stanza lacks a field or has a malformed one
     */
    Candidate candidate(int stanza) {
        try {
            List<Stanza> stanzas = Deb822.parse(text(stanza));
            return Candidate.offered(stanzas.get(0), archive);
        } catch (IllegalArgumentException e) {
            throw FindingException.input(
                    Finding.error("RB216", "the index of " + archive + " is malformed: " + e.getMessage())
                            .fix("tell the maintainers of the archive, or leave it out"));
        }
    }
}
