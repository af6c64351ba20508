package io.rosbalena.apt.elf;

import io.rosbalena.tree.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the loader reads of a little-endian ELF program or shared object: its program headers and its dynamic section
 * (System V ABI, chapters 4 and 5). Only the few places that matter are read: some libraries have hundreds of megabytes.
 * Any part of the file may lie; where its headers lead out of it, or mean nothing, it is no such object.
 */
public final class ElfObject {
    /** {@code e_type} of shared objects and of position independent programs. */
    public static final int SHARED = 3;

    private static final int PROGRAM = 2;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_SONAME = 14;
    private static final long DT_RPATH = 15;
    private static final long DT_RUNPATH = 29;
    private static final int LONGEST_NAME = 256;
    /** A list of folders may be long. */
    private static final int LONGEST_LIST = 1 << 14;

    private static final int LARGEST_TABLE = 1 << 16;

    private final Content content;
    private final ByteBuffer header;
    private final boolean wide;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();

    /**
     * One program header.
     *
     * @param type {@code p_type}
     * @param offset where its bytes start in the file
     * @param address where they stand in memory
     * @param size bytes in the file
     */
    public record Segment(int type, long offset, long address, long size) {}

    private record Tag(long tag, long value) {}

    private ElfObject(Content content, ByteBuffer header) throws IOException {
        this.content = content;
        this.header = header;
        this.wide = header.get(4) == 2;
        int size = header.getShort(wide ? 54 : 42) & 0xffff;
        int count = header.getShort(wide ? 56 : 44) & 0xffff;
        ByteBuffer table = range(wide ? header.getLong(32) : unsigned(header, 28), (long) size * count);
        for (int at = 0; at + size <= table.limit() && size >= (wide ? 56 : 32); at += size) {
            segments.add(
                    wide
                            ? new Segment(
                                    table.getInt(at),
                                    table.getLong(at + 8),
                                    table.getLong(at + 16),
                                    table.getLong(at + 32))
                            : new Segment(
                                    table.getInt(at),
                                    unsigned(table, at + 4),
                                    unsigned(table, at + 8),
                                    unsigned(table, at + 16)));
        }
        for (Segment segment : segments) {
            if (segment.type() == PT_DYNAMIC && tags.isEmpty()) {
                readTags(range(segment.offset(), segment.size()));
            }
        }
    }

    /** Reads a file; empty if it is no such object, or a static one. */
    public static Optional<ElfObject> read(Content content) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(64);
        }
        boolean elf = head.length >= 52 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
        if (!elf || head[5] != 1 || (head[4] == 2 && head.length < 64)) {
            return Optional.empty();
        }
        if (head[16] != SHARED && head[16] != PROGRAM) {
            return Optional.empty();
        }
        try {
            ElfObject object = new ElfObject(content, ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
            return object.tags.isEmpty() ? Optional.empty() : Optional.of(object);
        } catch (EOFException | IndexOutOfBoundsException e) {
            // Its headers lead out of the file: neither ldconfig nor the loader takes such a file.
            return Optional.empty();
        }
    }

    private void readTags(ByteBuffer table) {
        int step = wide ? 16 : 8;
        for (int at = 0; at + step <= table.limit(); at += step) {
            long tag = wide ? table.getLong(at) : table.getInt(at);
            if (tag == 0) {
                return;
            }
            tags.add(new Tag(tag, wide ? table.getLong(at + 8) : unsigned(table, at + 4)));
        }
    }

    /** Whether addresses have 64 bits. */
    public boolean isWide() {
        return wide;
    }

    /** {@code e_type}. */
    public int type() {
        return header.getShort(16) & 0xffff;
    }

    /** {@code e_machine}. */
    public int machine() {
        return header.getShort(18) & 0xffff;
    }

    /** {@code e_flags}. */
    public int flags() {
        return header.getInt(wide ? 48 : 36);
    }

    /** The program headers, in the order of the file. */
    public List<Segment> segments() {
        return List.copyOf(segments);
    }

    /**
     * The name under which others need it; empty where it has none.
     *
     * @throws EOFException if it leads out of the file
     */
    public String soname() throws IOException {
        List<String> names = names(DT_SONAME);
        return names.isEmpty() ? "" : names.get(0);
    }

    /**
     * Folders between colons that are searched before any other (DT_RPATH); empty where it has none. The loader does not
     * look at them where there is a {@link #runpath}.
     *
     * @throws EOFException if it leads out of the file
     */
    public String rpath() throws IOException {
        return list(DT_RPATH);
    }

    /**
     * Folders between colons that are searched after LD_LIBRARY_PATH (DT_RUNPATH); empty where it has none.
     *
     * @throws EOFException if it leads out of the file
     */
    public String runpath() throws IOException {
        return list(DT_RUNPATH);
    }

    /**
     * The loader that the kernel starts a program with; empty for a shared object.
     *
     * @throws EOFException if it leads out of the file
     */
    public String interpreter() throws IOException {
        for (Segment segment : segments) {
            if (segment.type() == PT_INTERP) {
                return text(segment.offset(), LONGEST_NAME);
            }
        }
        return "";
    }

    private String list(long tag) throws IOException {
        List<String> lists = strings(tag, LONGEST_LIST);
        return lists.isEmpty() ? "" : lists.get(0);
    }

    /**
     * Names of the libraries that it needs, in the order of the loader.
     *
     * @throws EOFException if one leads out of the file
     */
    public List<String> needed() throws IOException {
        return names(DT_NEEDED);
    }

    private List<String> names(long wanted) throws IOException {
        return strings(wanted, LONGEST_NAME);
    }

    private List<String> strings(long wanted, int longest) throws IOException {
        long strings = tags.stream()
                .filter(tag -> tag.tag() == DT_STRTAB)
                .mapToLong(Tag::value)
                .findFirst()
                .orElse(-1);
        Optional<Segment> load = segments.stream()
                .filter(segment -> segment.type() == PT_LOAD
                        && segment.address() <= strings
                        && strings < segment.address() + segment.size())
                .findFirst();
        List<String> names = new ArrayList<>();
        for (Tag tag : tags) {
            if (tag.tag() == wanted && load.isPresent()) {
                names.add(text(load.get().offset() + strings - load.get().address() + tag.value(), longest));
            }
        }
        return names;
    }

    private String text(long offset, int longest) throws IOException {
        if (offset < 0) {
            throw new EOFException();
        }
        try (InputStream in = content.open()) {
            in.skipNBytes(offset);
            byte[] bytes = in.readNBytes(longest);
            int end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            if (end == bytes.length) {
                throw new EOFException();
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }

    /**
     * Bytes of the file, little-endian.
     *
     * @throws EOFException if it has not so many there, or nobody needs so many
     */
    public ByteBuffer range(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || length > LARGEST_TABLE) {
            throw new EOFException();
        }
        try (InputStream in = content.open()) {
            in.skipNBytes(offset);
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static long unsigned(ByteBuffer buffer, int at) {
        return buffer.getInt(at) & 0xffffffffL;
    }
}
