package io.rosbalena.symbols;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One program header of a 64-bit ELF file ({@code elf(5)}).
 *
 * @param type {@code p_type}
 * @param offset where its bytes start in the file
 * @param address where they stand in memory
 * @param size bytes in the file
 * @param alignment {@code p_align}
 */
record ElfSegment(int type, long offset, long address, long size, long alignment) {
    static final int PT_LOAD = 1;
    static final int PT_NOTE = 4;

    /** Bytes of the file's header. */
    static final int FILE_HEADER = 64;

    /** Bytes of one program header. */
    static final int HEADER = 56;

    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS_64 = 2;

    /** Whether a file that starts so is ELF. */
    static boolean isElf(ByteBuffer start) {
        return start.limit() >= FILE_HEADER && start.duplicate().getInt(0) == MAGIC;
    }

    static boolean isWide(ByteBuffer start) {
        return start.get(4) == CLASS_64;
    }

    static ByteOrder order(ByteBuffer start) {
        return start.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** All headers of a table, in whose byte order they are. */
    static List<ElfSegment> in(ByteBuffer table) {
        List<ElfSegment> segments = new ArrayList<>();
        for (int at = 0; at + HEADER <= table.limit(); at += HEADER) {
            segments.add(new ElfSegment(
                    table.getInt(at),
                    table.getLong(at + 8),
                    table.getLong(at + 16),
                    table.getLong(at + 32),
                    table.getLong(at + 48)));
        }
        return segments;
    }

    /** The headers of a 64-bit file; none if these bytes are something else, or do not reach to the end of the table. */
    static List<ElfSegment> ofFirstBytes(ByteBuffer file) {
        if (!isElf(file) || !isWide(file)) {
            return List.of();
        }
        file.order(order(file));
        long table = file.getLong(32);
        int size = Short.toUnsignedInt(file.getShort(56)) * HEADER;
        return table >= 0 && table <= file.limit() - size
                ? in(file.slice((int) table, size).order(file.order()))
                : List.of();
    }

    boolean isWithin(long length) {
        return offset >= 0 && size >= 0 && size <= length && offset <= length - size;
    }
}
