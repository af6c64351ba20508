package io.rosbalena.apt.state;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.TreePath;
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
 * Reads from an ELF shared object what ldconfig reads: machine, soname, ABI note (System V ABI, chapters 4 and 5; kind
 * of library as {@code sysdeps/generic/ldconfig.h} of glibc numbers them). Anything odd makes it no library, as for
 * ldconfig. Only the few places that matter are read: some libraries have hundreds of megabytes.
 */
final class ElfLibrary {
    private static final int LIBC6 = 3;
    private static final int TYPE_SHARED = 3;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_NOTE = 4;
    private static final long DT_STRTAB = 5;
    private static final long DT_SONAME = 14;
    private static final int EF_ARM_ABI_FLOAT_HARD = 0x400;
    private static final int LONGEST_NAME = 256;
    private static final int LARGEST_TABLE = 1 << 16;

    private final Content content;
    private final ByteBuffer header;
    private final boolean wide;
    private final List<Segment> segments = new ArrayList<>();

    private record Segment(int type, long offset, long address, long size) {}

    /** What was found; a library without its place. */
    record Found(int flags, String soname, int osVersion) {
        LibraryFact at(TreePath path) {
            return new LibraryFact(path, flags, soname, osVersion);
        }
    }

    private ElfLibrary(Content content, ByteBuffer header) throws IOException {
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
    }

    /** ldconfig looks only at files with such a name. */
    static boolean isNamedLikeOne(String name) {
        return (name.startsWith("lib") || name.startsWith("ld-"))
                && name.contains(".so")
                && !name.endsWith(".dpkg-new")
                && !name.endsWith(".dpkg-tmp");
    }

    static Optional<Found> read(Content content) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(64);
        }
        boolean elf = head.length >= 52 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
        if (!elf || head[5] != 1 || head[16] != TYPE_SHARED || (head[4] == 2 && head.length < 64)) {
            return Optional.empty();
        }
        try {
            ElfLibrary library = new ElfLibrary(content, ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
            Optional<Segment> dynamic = library.segments.stream()
                    .filter(segment -> segment.type() == PT_DYNAMIC)
                    .findFirst();
            Optional<Integer> flags = library.flags();
            if (dynamic.isEmpty() || flags.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Found(flags.get(), library.soname(dynamic.get()), library.osVersion()));
        } catch (EOFException | IndexOutOfBoundsException e) {
            // Its headers lead out of the file: ldconfig passes over such a file, too.
            return Optional.empty();
        }
    }

    private Optional<Integer> flags() {
        return switch (header.getShort(18) & 0xffff) {
            case 62 -> Optional.of((wide ? 0x0300 : 0x0800) | LIBC6);
            case 3 -> Optional.of(LIBC6);
            case 183 -> Optional.of(0x0a00 | LIBC6);
            case 40 -> Optional.of(((header.getInt(36) & EF_ARM_ABI_FLOAT_HARD) != 0 ? 0x0900 : 0x0b00) | LIBC6);
            case 243 -> Optional.of(0x1000 | LIBC6);
            default -> Optional.empty();
        };
    }

    private String soname(Segment dynamic) throws IOException {
        long soname = -1;
        long strings = -1;
        int step = wide ? 16 : 8;
        ByteBuffer table = range(dynamic.offset(), dynamic.size());
        for (int at = 0; at + step <= table.limit(); at += step) {
            long tag = wide ? table.getLong(at) : table.getInt(at);
            long value = wide ? table.getLong(at + 8) : unsigned(table, at + 4);
            if (tag == 0) {
                break;
            }
            if (tag == DT_SONAME) {
                soname = value;
            } else if (tag == DT_STRTAB) {
                strings = value;
            }
        }
        if (soname < 0 || strings < 0) {
            return "";
        }
        for (Segment load : segments) {
            if (load.type() == PT_LOAD && load.address() <= strings && strings < load.address() + load.size()) {
                return text(load.offset() + strings - load.address() + soname);
            }
        }
        return "";
    }

    private String text(long offset) throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(offset);
            byte[] bytes = in.readNBytes(LONGEST_NAME);
            int end = 0;
            while (bytes[end] != 0) {
                end++;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }

    /** The note "GNU" of type 1: operating system and oldest kernel (gABI Linux extensions, NT_GNU_ABI_TAG). */
    private int osVersion() throws IOException {
        for (Segment segment : segments) {
            if (segment.type() == PT_NOTE && segment.size() >= 32) {
                ByteBuffer note = range(segment.offset(), 32);
                boolean abiTag = note.getInt(0) == 4
                        && note.getInt(4) == 16
                        && note.getInt(8) == 1
                        && note.getInt(12) == 0x00554e47;
                if (abiTag) {
                    return (note.getInt(16) << 24)
                            | ((note.getInt(20) & 0xff) << 16)
                            | ((note.getInt(24) & 0xff) << 8)
                            | (note.getInt(28) & 0xff);
                }
            }
        }
        return 0;
    }

    private ByteBuffer range(long offset, long length) throws IOException {
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
