package io.rosbalena.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an {@code ar} archive member by member, in the subset that {@code deb(5)} allows: short names, no symbol table.
 * The stream stays the caller's and is read without skipping.
 */
public final class ArReader {
    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NAME = Pattern.compile("[!-.0-~]+");

    private final CountedStream archive;
    private MemberStream content;
    private boolean odd;

    /**
     * One member.
     *
     * @param name without the blanks or slash that fill its field
     * @param offset where its content begins, bytes from the archive's start
     * @param size of its content in bytes
     */
    public record Member(String name, long offset, long size) {}

    /** Starts reading; {@link MalformedArchiveException} if this is no {@code ar} archive. */
    public ArReader(InputStream in) throws IOException {
        archive = new CountedStream(in, false);
        content = new MemberStream(archive, "", 0);
        byte[] magic = new byte[MAGIC.length];
        if (archive.fill(magic) < magic.length || !java.util.Arrays.equals(magic, MAGIC)) {
            throw new MalformedArchiveException("this is not an ar archive: it does not begin with \"!<arch>\"");
        }
    }

    /** The next member, or nothing at the archive's end. What was left unread of the last one is passed over. */
    public Optional<Member> next() throws IOException {
        content.drain();
        if (odd) {
            // The pad byte may be missing after the last member.
            archive.fill(new byte[1]);
        }
        byte[] header = new byte[60];
        int read = archive.fill(header);
        if (read == 0) {
            return Optional.empty();
        }
        if (read < header.length || header[58] != '`' || header[59] != '\n') {
            throw new MalformedArchiveException("no ar member header at byte " + (archive.position() - read));
        }
        String name = field(header, 0, 16);
        String size = field(header, 48, 10);
        name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (!NAME.matcher(name).matches() || name.startsWith("#1")) {
            throw new MalformedArchiveException("ar member with the name \"" + name + "\"");
        }
        if (!SIZE.matcher(size).matches()) {
            throw new MalformedArchiveException("ar member \"" + name + "\" with the size \"" + size + "\"");
        }
        long bytes = Long.parseLong(size);
        odd = (bytes & 1) == 1;
        content = new MemberStream(archive, name, bytes);
        return Optional.of(new Member(name, archive.position(), bytes));
    }

    /** The content of the member that {@link #next} gave, readable once; need not be closed. */
    public InputStream content() {
        return content;
    }

    private static String field(byte[] header, int offset, int length) {
        return new String(header, offset, length, StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
