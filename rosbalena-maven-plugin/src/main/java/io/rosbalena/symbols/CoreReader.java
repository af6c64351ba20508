package io.rosbalena.symbols;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a core: {@code core(5)}, {@code elf(5)}; the notes {@code NT_FILE} and {@code NT_AUXV} as Linux's
 * {@code fs/binfmt_elf.c} writes them. 64 bits in both byte orders, for no platform of a robot has 32. Any part of a core
 * may lie: what does not fit is an {@link IOException}, and what is read is bounded, however large the core is.
 */
final class CoreReader {
    private static final int ET_CORE = 4;
    private static final int NT_AUXV = 6;
    private static final int NT_FILE = 0x46494c45;
    /** {@code getauxval(3)}: the address of the program's first instruction. */
    private static final int AT_ENTRY = 9;

    /** {@code e_phnum} of a core with more segments than the field can tell; the number stands in the first section. */
    private static final int PN_XNUM = 0xffff;

    private static final int MOST_SEGMENTS = 1 << 20;
    private static final long MOST_NOTES = 64L << 20;
    /** Far behind the build id of any program. */
    private static final long MOST_OF_A_FILE = 1L << 16;

    private final SeekableByteChannel core;
    private final ByteBuffer header;

    CoreReader(SeekableByteChannel core) throws IOException {
        this.core = core;
        this.header = bytes(0, (int) Math.min(core.size(), ElfSegment.FILE_HEADER));
        if (!ElfSegment.isElf(header)) {
            throw new IOException("it is no ELF file; a compressed core must be unpacked first");
        }
        header.order(ElfSegment.order(header));
        if (header.getShort(16) != ET_CORE) {
            throw new IOException("it is a program, a library or an object");
        }
        if (!ElfSegment.isWide(header)) {
            throw new IOException("it is of a 32-bit process");
        }
    }

    /**
     * One range of memory that shows a file.
     *
     * @param start address of the first byte
     * @param end address behind the last byte
     * @param offset in the file, pages
     */
    private record Mapping(long start, long end, long offset, String path) {
        boolean holds(long address) {
            return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    CoreDump read() throws IOException {
        List<ElfSegment> segments = segments();
        List<Mapping> mappings = new ArrayList<>();
        Optional<Long> entry = Optional.empty();
        for (ElfSegment segment : segments) {
            if (segment.type() == ElfSegment.PT_NOTE) {
                ByteBuffer table = table(segment.offset(), segment.size(), MOST_NOTES);
                for (ElfNote note : ElfNote.in(table, 4)) {
                    if (note.owner().equals("CORE") && note.type() == NT_FILE) {
                        mappings.addAll(mappings(note.content(table)));
                    } else if (note.owner().equals("CORE") && note.type() == NT_AUXV) {
                        entry = entry(note.content(table));
                    }
                }
            }
        }
        if (mappings.isEmpty()) {
            throw new IOException("it has no list of the files that were mapped");
        }
        Map<Long, ElfSegment> memory = new HashMap<>();
        segments.stream()
                .filter(segment -> segment.type() == ElfSegment.PT_LOAD)
                .forEach(segment -> memory.put(segment.address(), segment));
        Map<String, MappedFile> files = new LinkedHashMap<>();
        for (Mapping mapping : mappings) {
            MappedFile file = new MappedFile(mapping.path(), id(mapping, memory));
            files.merge(file.path(), file, (known, other) -> known.id().isPresent() ? known : other);
        }
        Optional<String> program = entry.flatMap(address -> mappings.stream()
                .filter(mapping -> mapping.holds(address))
                .map(Mapping::path)
                .findFirst());
        return new CoreDump(Short.toUnsignedInt(header.getShort(18)), program, List.copyOf(files.values()));
    }

    private List<ElfSegment> segments() throws IOException {
        int size = Short.toUnsignedInt(header.getShort(54));
        long count = Short.toUnsignedInt(header.getShort(56));
        if (count == PN_XNUM) {
            ByteBuffer section = table(header.getLong(40), ElfSegment.FILE_HEADER, ElfSegment.FILE_HEADER);
            count = Integer.toUnsignedLong(section.getInt(44));
        }
        if (size != ElfSegment.HEADER || count > MOST_SEGMENTS) {
            throw new IOException("it claims " + count + " segments, described by " + size + " bytes each");
        }
        long bytes = count * ElfSegment.HEADER;
        return ElfSegment.in(table(header.getLong(32), bytes, bytes));
    }

    /** A number, the size of a page; so many times start, end and offset; so many names. */
    private static List<Mapping> mappings(ByteBuffer note) throws IOException {
        long count = note.getLong(0);
        if (count < 0 || count > (note.limit() - 16) / 24) {
            throw new IOException("it claims " + count + " mapped files in " + note.limit() + " bytes");
        }
        List<Mapping> mappings = new ArrayList<>();
        int name = 16 + (int) count * 24;
        for (int at = 16; mappings.size() < count; at += 24) {
            int end = name;
            while (note.get(end) != 0) {
                end++;
            }
            byte[] path = new byte[end - name];
            note.get(name, path);
            mappings.add(new Mapping(
                    note.getLong(at),
                    note.getLong(at + 8),
                    note.getLong(at + 16),
                    new String(path, StandardCharsets.UTF_8)));
            name = end + 1;
        }
        return mappings;
    }

    private static Optional<Long> entry(ByteBuffer vector) {
        for (int at = 0; at + 16 <= vector.limit(); at += 16) {
            if (vector.getLong(at) == AT_ENTRY) {
                return Optional.of(vector.getLong(at + 8));
            }
        }
        return Optional.empty();
    }

    /**
     * The id in the first page of a file, which Linux writes into each core unless it is told not to
     * ({@code coredump_filter}, bit 4). A page that lies, or holds something else than a program, has none.
     */
    private Optional<BuildId> id(Mapping mapping, Map<Long, ElfSegment> memory) throws IOException {
        ElfSegment segment = memory.get(mapping.start());
        if (mapping.offset() != 0 || segment == null || !segment.isWithin(core.size())) {
            return Optional.empty();
        }
        return BuildIdNote.ofFirstBytes(
                table(segment.offset(), Math.min(segment.size(), MOST_OF_A_FILE), MOST_OF_A_FILE));
    }

    private ByteBuffer table(long offset, long size, long most) throws IOException {
        if (offset < 0 || size < 0 || size > most || offset > core.size() - size) {
            throw new IOException("it ends before byte " + offset + " + " + size
                    + "; was it cut off by a limit of its size or by a full disk?");
        }
        return bytes(offset, (int) size).order(header.order());
    }

    private ByteBuffer bytes(long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        core.position(offset);
        while (bytes.hasRemaining()) {
            if (core.read(bytes) < 0) {
                throw new EOFException("it ends at " + core.position());
            }
        }
        return bytes.flip();
    }
}
