package io.rosbalena.symbols;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One note of an ELF file ({@code elf(5)}).
 *
 * @param owner who gives the type its meaning, without the NUL at its end
 * @param type what it is
 * @param offset where its content starts, bytes from the start of the table
 * @param length bytes of its content, all of them in the table
 */
record ElfNote(String owner, int type, int offset, int length) {
    private static final int HEADER = 12;

    /**
     * The notes of a table. It may lie; what does not fit ends the list.
     *
     * @param table in the file's byte order
     * @param alignment of the table, bytes; notes are padded to 8 bytes where it is 8, else to 4
     */
    static List<ElfNote> in(ByteBuffer table, long alignment) {
        int padding = alignment == 8 ? 8 : 4;
        List<ElfNote> notes = new ArrayList<>();
        long at = 0;
        while (at + HEADER <= table.limit()) {
            int start = (int) at;
            long owner = Integer.toUnsignedLong(table.getInt(start));
            long length = Integer.toUnsignedLong(table.getInt(start + 4));
            long content = padded(at + HEADER + owner, padding);
            if (content + length > table.limit()) {
                break;
            }
            byte[] name = new byte[(int) Math.max(0, owner - 1)];
            table.get(start + HEADER, name);
            notes.add(new ElfNote(
                    new String(name, StandardCharsets.ISO_8859_1), table.getInt(start + 8), (int) content, (int)
                            length));
            at = padded(content + length, padding);
        }
        return notes;
    }

    /** Its content, in the byte order of the table that it stands in. */
    ByteBuffer content(ByteBuffer table) {
        return table.slice(offset, length).order(table.order());
    }

    private static long padded(long offset, int padding) {
        return (offset + padding - 1) / padding * padding;
    }
}
