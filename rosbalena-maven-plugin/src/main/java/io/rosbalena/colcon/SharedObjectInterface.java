package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a linker takes from a shared object: SONAME, NEEDED, search paths, and the dynamic symbols in their order, each
 * with version, binding and visibility; data also with size, alignment and kind of section, since an executable may hold
 * a copy of it. Undefined symbols count, for they too enter the linker's tables and so the order of its output.
 */
final class SharedObjectInterface {
    private static final int DT_NEEDED = 1;
    private static final int DT_SONAME = 14;
    private static final int DT_RPATH = 15;
    private static final int DT_RUNPATH = 29;

    private static final int STT_OBJECT = 1;
    private static final int STT_COMMON = 5;
    private static final int STT_TLS = 6;
    private static final int SHN_UNDEF = 0;
    private static final int SHN_LORESERVE = 0xff00;

    private final ElfFile elf;
    private final KeyBuilder key = new KeyBuilder();

    private SharedObjectInterface(ElfFile elf) {
        this.elf = elf;
    }

    /** The interface's digest; empty if the file is no shared object, or one that does not read. */
    static Optional<Digest> of(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            try {
                Optional<ElfFile> elf = ElfFile.open(channel);
                return elf.isPresent() && elf.get().isSharedObject()
                        ? Optional.of(new SharedObjectInterface(elf.get()).digest())
                        : Optional.empty();
            } catch (IOException | IndexOutOfBoundsException e) {
                // A file that does not read as ELF counts with all its bytes, which is always safe.
                return Optional.empty();
            }
        }
    }

    private Digest digest() throws IOException {
        dynamic();
        symbols();
        return key.build();
    }

    private void dynamic() throws IOException {
        Optional<ElfFile.Section> section = elf.first(ElfFile.SHT_DYNAMIC);
        if (section.isEmpty()) {
            return;
        }
        ByteBuffer table = elf.bytes(section.get());
        ByteBuffer strings = elf.bytes(elf.section(section.get().link()));
        int width = elf.isWide() ? 8 : 4;
        for (int at = 0; at + 2 * width <= table.limit(); at += 2 * width) {
            long tag = elf.word(table, at);
            if (tag == DT_NEEDED || tag == DT_SONAME || tag == DT_RPATH || tag == DT_RUNPATH) {
                key.add("dynamic " + tag, ElfFile.string(strings, elf.word(table, at + width)));
            }
        }
    }

    private void symbols() throws IOException {
        Optional<ElfFile.Section> section = elf.first(ElfFile.SHT_DYNSYM);
        if (section.isEmpty()) {
            return;
        }
        ByteBuffer table = elf.bytes(section.get());
        ByteBuffer strings = elf.bytes(elf.section(section.get().link()));
        Optional<ElfFile.Section> versions = elf.first(ElfFile.SHT_GNU_VERSYM);
        ByteBuffer numbers = versions.isPresent() ? elf.bytes(versions.get()) : ByteBuffer.allocate(0);
        Map<Integer, String> names = versionNames();
        int width = elf.isWide() ? 24 : 16;
        for (int i = 0; (i + 1) * width <= table.limit(); i++) {
            int at = i * width;
            int info = table.get(at + (elf.isWide() ? 4 : 12));
            int other = table.get(at + (elf.isWide() ? 5 : 13));
            int index = Short.toUnsignedInt(table.getShort(at + (elf.isWide() ? 6 : 14)));
            key.add("symbol", ElfFile.string(strings, Integer.toUnsignedLong(table.getInt(at))))
                    .add("info", info)
                    .add("other", other)
                    .add("place", index == SHN_UNDEF || index >= SHN_LORESERVE ? index : 1);
            if (2 * i + 2 <= numbers.limit()) {
                int version = Short.toUnsignedInt(numbers.getShort(2 * i));
                key.add("hidden", version & 0x8000).add("version", names.getOrDefault(version & 0x7fff, ""));
            }
            int type = info & 0xf;
            if (type == STT_OBJECT || type == STT_COMMON || type == STT_TLS) {
                data(table, at, index);
            }
        }
    }

    private void data(ByteBuffer table, int at, int index) throws IOException {
        key.add("size", elf.word(table, at + (elf.isWide() ? 16 : 8)));
        if (index != SHN_UNDEF && index < SHN_LORESERVE) {
            ElfFile.Section section = elf.section(index);
            long value = elf.word(table, at + (elf.isWide() ? 8 : 4));
            long alignment = value == 0 ? section.alignment() : Math.min(Long.lowestOneBit(value), section.alignment());
            key.add("flags", section.flags()).add("alignment", alignment);
        }
    }

    /** Names of the versions that this file defines and needs, by their number. */
    private Map<Integer, String> versionNames() throws IOException {
        Map<Integer, String> names = new HashMap<>();
        Optional<ElfFile.Section> defined = elf.first(ElfFile.SHT_GNU_VERDEF);
        if (defined.isPresent()) {
            ByteBuffer table = elf.bytes(defined.get());
            ByteBuffer strings = elf.bytes(elf.section(defined.get().link()));
            for (int at = 0, next = 1; next != 0 && at >= 0 && at + 20 <= table.limit(); at += next) {
                int auxiliary = at + table.getInt(at + 12);
                names.put(
                        Short.toUnsignedInt(table.getShort(at + 4)), ElfFile.string(strings, table.getInt(auxiliary)));
                next = Math.max(0, table.getInt(at + 16));
            }
        }
        Optional<ElfFile.Section> needed = elf.first(ElfFile.SHT_GNU_VERNEED);
        if (needed.isPresent()) {
            ByteBuffer table = elf.bytes(needed.get());
            ByteBuffer strings = elf.bytes(elf.section(needed.get().link()));
            for (int at = 0, next = 1; next != 0 && at >= 0 && at + 16 <= table.limit(); at += next) {
                String file = ElfFile.string(strings, table.getInt(at + 4));
                needed(table, strings, at + table.getInt(at + 8), file, names);
                next = Math.max(0, table.getInt(at + 12));
            }
        }
        return names;
    }

    private static void needed(ByteBuffer table, ByteBuffer strings, int first, String file, Map<Integer, String> names)
            throws IOException {
        for (int at = first, next = 1; next != 0 && at + 16 <= table.limit(); at += next) {
            names.put(
                    Short.toUnsignedInt(table.getShort(at + 6)),
                    file + " " + ElfFile.string(strings, table.getInt(at + 8)));
            next = Math.max(0, table.getInt(at + 12));
        }
    }
}
