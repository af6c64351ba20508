package io.rosbalena.colcon;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The section headers of an ELF file, and their bytes on request. Reads 32 and 64 bits, both byte orders; rules:
 * {@code elf(5)}. Any part of the file may lie: what does not fit is an {@link IOException}.
 */
final class ElfFile {
    /** {@code e_type} of shared objects and of position independent executables. */
    static final int ET_DYN = 3;

    /** {@code e_type} of executables that stand at a fixed address. */
    private static final int ET_EXEC = 2;

    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_DYNAMIC = 6;
    static final int SHT_NOTE = 7;
    static final int SHT_DYNSYM = 11;
    static final int SHT_GNU_VERDEF = 0x6ffffffd;
    static final int SHT_GNU_VERNEED = 0x6ffffffe;
    static final int SHT_GNU_VERSYM = 0x6fffffff;

    private static final int PT_INTERP = 3;
    private static final int HEADER = 64;
    /** More than any real table needs; a bound on what a lying header makes us read. */
    private static final long MAX_TABLE = 64L << 20;

    /**
     * One section.
     *
     * @param name {@code sh_name}: where its name stands in the table of section names
     * @param type {@code sh_type}
     * @param flags {@code sh_flags}
     * @param offset where its bytes start in the file
     * @param size bytes
     * @param link {@code sh_link}, for tables the section of their strings
     * @param alignment {@code sh_addralign}
     */
    record Section(int name, int type, long flags, long offset, long size, int link, long alignment) {}

    private final SeekableByteChannel channel;
    private final boolean wide;
    private final ByteOrder order;
    private final int type;
    private final int machine;
    private final boolean interpreted;
    private final int names;
    private final List<Section> sections;

    private ElfFile(SeekableByteChannel channel, ByteBuffer header) throws IOException {
        this.channel = channel;
        this.wide = header.get(4) == 2;
        this.order = header.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        this.type = header.getShort(16);
        this.machine = Short.toUnsignedInt(header.getShort(18));
        this.interpreted = readInterpreted(header);
        this.names = Short.toUnsignedInt(header.getShort(wide ? 62 : 50));
        this.sections = readSections(header);
    }

    /** Reads the headers; empty if this is no ELF file. */
    static Optional<ElfFile> open(SeekableByteChannel channel) throws IOException {
        if (channel.size() < HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = read(channel, 0, HEADER);
        return header.getInt(0) == 0x7f454c46 ? Optional.of(new ElfFile(channel, header)) : Optional.empty();
    }

    /** A library: something that others are linked against, not started. */
    boolean isSharedObject() {
        return type == ET_DYN && !interpreted;
    }

    /** A program or a library, and not what a linker makes such from. */
    boolean isLinked() {
        return type == ET_DYN || type == ET_EXEC;
    }

    /** {@code e_machine}: the processor that it is for. */
    int machine() {
        return machine;
    }

    boolean isWide() {
        return wide;
    }

    List<Section> sections() {
        return sections;
    }

    Optional<Section> first(int sectionType) {
        return sections.stream()
                .filter(section -> section.type() == sectionType)
                .findFirst();
    }

    /** The section whose number a header names. */
    Section section(int number) throws IOException {
        if (number < 0 || number >= sections.size()) {
            throw new IOException("section " + number + " of " + sections.size());
        }
        return sections.get(number);
    }

    /** What a section is called, for example {@code .rodata}. */
    String name(Section section) throws IOException {
        return string(bytes(section(names)), Integer.toUnsignedLong(section.name()));
    }

    /** The bytes of a table, in the file's byte order. */
    ByteBuffer bytes(Section section) throws IOException {
        return table(section.offset(), section.size());
    }

    /** A string that ends with NUL. */
    static String string(ByteBuffer strings, long offset) throws IOException {
        if (offset < 0 || offset >= strings.limit()) {
            throw new IOException("string at " + offset + " of " + strings.limit());
        }
        int start = (int) offset;
        int end = start;
        while (end < strings.limit() && strings.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        strings.get(start, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A field as wide as an address. */
    long word(ByteBuffer bytes, int offset) {
        return wide ? bytes.getLong(offset) : Integer.toUnsignedLong(bytes.getInt(offset));
    }

    private boolean readInterpreted(ByteBuffer header) throws IOException {
        long offset = word(header, wide ? 32 : 28);
        int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
        ByteBuffer table = table(offset, (long) size * count);
        for (int i = 0; i < count; i++) {
            if (table.getInt(i * size) == PT_INTERP) {
                return true;
            }
        }
        return false;
    }

    private List<Section> readSections(ByteBuffer header) throws IOException {
        long offset = word(header, wide ? 40 : 32);
        int size = Short.toUnsignedInt(header.getShort(wide ? 58 : 46));
        int count = Short.toUnsignedInt(header.getShort(wide ? 60 : 48));
        if (count > 0 && size < (wide ? 64 : 40)) {
            throw new IOException("section headers of " + size + " bytes");
        }
        ByteBuffer table = table(offset, (long) size * count);
        List<Section> found = new ArrayList<>(count);
        for (int at = 0; at < count * size; at += size) {
            found.add(
                    wide
                            ? new Section(
                                    table.getInt(at),
                                    table.getInt(at + 4),
                                    table.getLong(at + 8),
                                    table.getLong(at + 24),
                                    table.getLong(at + 32),
                                    table.getInt(at + 40),
                                    table.getLong(at + 48))
                            : new Section(
                                    table.getInt(at),
                                    table.getInt(at + 4),
                                    word(table, at + 8),
                                    word(table, at + 16),
                                    word(table, at + 20),
                                    table.getInt(at + 24),
                                    word(table, at + 32)));
        }
        return List.copyOf(found);
    }

    private ByteBuffer table(long offset, long size) throws IOException {
        if (size == 0) {
            return ByteBuffer.allocate(0).order(order);
        }
        if (offset < 0 || size < 0 || size > MAX_TABLE || offset > channel.size() - size) {
            throw new IOException("table of " + size + " bytes at " + offset);
        }
        return read(channel, offset, (int) size).order(order);
    }

    private static ByteBuffer read(SeekableByteChannel channel, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        channel.position(offset);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("file ends at " + channel.position());
            }
        }
        return bytes.flip();
    }
}
