package io.rosbalena.apt.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Copies of a {@code Packages} index the stanzas of one architecture and of these the fields that solving and fetching
 * need, without descriptions and the like: half of the bytes, so that a whole distribution fits in memory.
 */
final class IndexExtract {
    private static final Set<String> FIELDS = Set.of(
            "package",
            "source",
            "version",
            "architecture",
            "multi-arch",
            "essential",
            "important",
            "protected",
            "priority",
            "section",
            "installed-size",
            "provides",
            "depends",
            "pre-depends",
            "recommends",
            "suggests",
            "enhances",
            "conflicts",
            "breaks",
            "replaces",
            "filename",
            "size",
            "sha256");

    private static final int LONGEST_LINE = 4 << 20;
    private static final byte[] ARCHITECTURE = "Architecture:".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private final String architecture;
    private final long limit;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int filled;
    private long taken;
    private byte[] stanza = new byte[1 << 12];
    private int length;
    private boolean keeping;
    private boolean wanted;
    private long stanzas;

    private IndexExtract(InputStream in, OutputStream out, String architecture, long limit) {
        this.in = in;
        this.out = out;
        this.architecture = architecture;
        this.limit = limit;
    }

    /**
     * Copies what is needed.
     *
     * @param architecture whose packages are wanted, besides those of {@code all}
     * @param limit the most bytes that the index may have
     * @return how many stanzas were copied
     * @throws IOException if the index is longer, or not text in lines
     */
    static long copy(InputStream in, OutputStream out, String architecture, long limit) throws IOException {
        IndexExtract extract = new IndexExtract(in, out, architecture, limit);
        extract.run();
        return extract.stanzas;
    }

    private void run() throws IOException {
        int end;
        while ((end = lineEnd()) >= 0) {
            line(start, end);
            start = Math.min(end + 1, filled);
        }
        endStanza();
    }

    /** Where the line at {@code start} ends, or -1 at the end of the index; reads more and moves the rest as needed. */
    private int lineEnd() throws IOException {
        int at = start;
        while (true) {
            while (at < filled) {
                if (buffer[at] == '\n') {
                    return at;
                }
                at++;
            }
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                at -= start;
                filled -= start;
                start = 0;
            }
            if (filled == buffer.length) {
                if (filled >= LONGEST_LINE) {
                    throw new IOException("it has a line of more than " + LONGEST_LINE + " bytes");
                }
                buffer = Arrays.copyOf(buffer, filled * 2);
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return filled > 0 ? filled : -1;
            }
            filled += read;
            taken += read;
            if (taken > limit) {
                throw new IOException("it unpacks to more than the " + limit + " bytes that it should have");
            }
        }
    }

    private void line(int from, int end) throws IOException {
        if (from == end) {
            endStanza();
            return;
        }
        if (buffer[from] != ' ' && buffer[from] != '\t') {
            int colon = from;
            while (colon < end && buffer[colon] != ':') {
                colon++;
            }
            String name = new String(buffer, from, colon - from, StandardCharsets.ISO_8859_1);
            keeping = colon < end && FIELDS.contains(name.toLowerCase(Locale.ROOT));
            if (keeping && name.length() + 1 == ARCHITECTURE.length && name.equalsIgnoreCase("Architecture")) {
                String value = new String(buffer, colon + 1, end - colon - 1, StandardCharsets.ISO_8859_1).strip();
                wanted = value.equals(architecture) || value.equals("all");
            }
        }
        if (keeping) {
            append(from, end);
        }
    }

    private void append(int from, int end) throws IOException {
        int needed = length + end - from + 1;
        if (needed > stanza.length) {
            if (needed > LONGEST_LINE) {
                throw new IOException("it has a stanza of more than " + LONGEST_LINE + " bytes");
            }
            stanza = Arrays.copyOf(stanza, Math.max(needed, stanza.length * 2));
        }
        System.arraycopy(buffer, from, stanza, length, end - from);
        length = needed;
        stanza[needed - 1] = '\n';
    }

    private void endStanza() throws IOException {
        if (wanted && length > 0) {
            out.write(stanza, 0, length);
            out.write('\n');
            stanzas++;
        }
        length = 0;
        keeping = false;
        wanted = false;
    }
}
