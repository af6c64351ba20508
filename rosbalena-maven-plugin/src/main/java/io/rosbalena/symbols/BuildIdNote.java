package io.rosbalena.symbols;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where the bytes of a build id stand in a table of ELF notes: owner {@code GNU}, type {@code NT_GNU_BUILD_ID}
 * ({@code elf(5)}).
 *
 * @param offset where the id starts, bytes from the start of the table
 * @param length bytes of the id, as many as a {@link BuildId} may have
 */
public record BuildIdNote(int offset, int length) {
    private static final int NT_GNU_BUILD_ID = 3;

    /**
     * Looks through a table, which may lie.
     *
     * @param notes the whole table, in the file's byte order
     * @param alignment of the table, bytes
     */
    public static Optional<BuildIdNote> find(ByteBuffer notes, long alignment) {
        return ElfNote.in(notes, alignment).stream()
                .filter(note -> note.type() == NT_GNU_BUILD_ID && note.owner().equals("GNU"))
                .filter(note -> BuildId.hasLength(note.length()))
                .map(note -> new BuildIdNote(note.offset(), note.length()))
                .findFirst();
    }

    /**
     * The id of a 64-bit program or library, told by its first bytes.
     *
     * @param file as many of its bytes as are at hand, from the first on
     */
    public static Optional<BuildId> ofFirstBytes(ByteBuffer file) {
        for (ElfSegment segment : ElfSegment.ofFirstBytes(file)) {
            if (segment.type() == ElfSegment.PT_NOTE && segment.isWithin(file.limit())) {
                ByteBuffer notes =
                        file.slice((int) segment.offset(), (int) segment.size()).order(file.order());
                Optional<BuildIdNote> note = find(notes, segment.alignment());
                if (note.isPresent()) {
                    return note.map(found -> found.read(notes));
                }
            }
        }
        return Optional.empty();
    }

    private BuildId read(ByteBuffer notes) {
        byte[] bytes = new byte[length];
        notes.get(offset, bytes);
        return BuildId.of(bytes);
    }
}
