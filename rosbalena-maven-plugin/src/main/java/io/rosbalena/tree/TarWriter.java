package io.rosbalena.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes entries as a tar archive in GNU format, byte for byte as {@code tar --format=gnu --numeric-owner} does: long
 * names and link targets as {@code @LongLink} members, numbers too large for octal in base 256, owners without names,
 * no other optional field. The same entries give the same bytes. Contents are streamed.
 */
public final class TarWriter {
    private static final int BLOCK = 512;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private final Set<String> files = new HashSet<>();

    /**
     * @param out where the archive goes; neither flushed nor closed. Receives header blocks of 512 bytes and contents of
     *     up to 64 KiB in single writes.
     */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes one entry.
     *
     * @throws IOException if the content does not have the entry's size, the name has no form in UTF-8, or a hard link's
     *     target was not written before as a regular file
     */
    public void write(Entry entry) throws IOException {
        if (entry.path().isRoot()) {
            throw new IllegalArgumentException("the root is never an entry");
        }
        if (entry.kind() == Entry.Kind.HARDLINK && !files.contains(entry.target())) {
            throw new IOException("hard link " + entry.path() + " stands before its target " + entry.target());
        }
        byte[] name = GnuHeader.encode(
                entry.isDirectory() ? entry.path().text() + "/" : entry.path().text());
        byte[] target = GnuHeader.encode(entry.target());
        writeLong('K', target);
        writeLong('L', name);
        out.write(new GnuHeader(type(entry.kind()))
                .name(name)
                .mode(entry.mode())
                .owner(entry.uid(), entry.gid())
                .size(entry.size())
                .time(entry.mtime())
                .link(target)
                .block());
        if (entry.isFile()) {
            files.add(entry.path().text());
            writeContent(entry);
        }
    }

    /** Ends the archive by two empty blocks; the output stays open. */
    public void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    /** Only names that do not fit the header's field, as GNU tar decides it: 100 bytes fit, without a final NUL. */
    private void writeLong(char type, byte[] text) throws IOException {
        if (text.length <= GnuHeader.NAME_LENGTH) {
            return;
        }
        out.write(new GnuHeader(type)
                .name(GnuHeader.encode("././@LongLink"))
                .mode(0644)
                .owner(0, 0)
                .size(text.length + 1L)
                .time(0)
                .block());
        out.write(text);
        out.write(0);
        pad(text.length + 1L);
    }

    private void writeContent(Entry entry) throws IOException {
        long left = entry.size();
        try (InputStream in = entry.content().open()) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(entry.path() + " ends " + left + " bytes before its size of " + entry.size());
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            if (in.read() >= 0) {
                throw new IOException(entry.path() + " has more bytes than its size of " + entry.size());
            }
        }
        pad(entry.size());
    }

    private void pad(long written) throws IOException {
        int rest = (int) (written % BLOCK);
        if (rest != 0) {
            out.write(new byte[BLOCK - rest]);
        }
    }

    private static char type(Entry.Kind kind) {
        return switch (kind) {
            case FILE -> '0';
            case HARDLINK -> '1';
            case SYMLINK -> '2';
            case DIRECTORY -> '5';
        };
    }
}
