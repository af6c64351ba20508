package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.symbols.BuildIdNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A program or library in two files.
 *
 * @param stripped what runs
 * @param debug what was stripped from it
 * @param id the build id of both, if they have one
 */
record SplitFile(Path stripped, Path debug, Optional<BuildId> id) {

    /**
     * Gives both files a build id that tells what runs and nothing else: the first bytes of the SHA-256 of the stripped file,
     * with zeros in place of the id. A linker's own id counts debug information in, and line numbers that moved would
     * change a program that did not. An id of another length than a digest has was chosen by the user, and stays.
     */
    static SplitFile seal(Path stripped, Path debug) throws IOException {
        Optional<Place> place = place(stripped);
        Optional<Place> twin = place(debug);
        if (place.isEmpty()
                || twin.isEmpty()
                || place.get().length() != twin.get().length()) {
            return new SplitFile(stripped, debug, Optional.empty());
        }
        byte[] id = new byte[place.get().length()];
        write(stripped, place.get(), id);
        byte[] digest = HexFormat.of().parseHex(Digest.of(stripped).hex());
        id = Arrays.copyOf(digest, id.length);
        write(stripped, place.get(), id);
        write(debug, twin.get(), id);
        return new SplitFile(stripped, debug, Optional.of(BuildId.of(id)));
    }

    /** Where an id stands in a file. */
    private record Place(long offset, int length) {}

    private static Optional<Place> place(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<ElfFile> elf = ElfFile.open(channel);
            if (elf.isEmpty()) {
                return Optional.empty();
            }
            for (ElfFile.Section section : elf.get().sections()) {
                if (section.type() == ElfFile.SHT_NOTE) {
                    Optional<BuildIdNote> note = BuildIdNote.find(elf.get().bytes(section), section.alignment());
                    if (note.isPresent()) {
                        return Optional.of(new Place(
                                section.offset() + note.get().offset(),
                                note.get().length()));
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static void write(Path file, Place place, byte[] id) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(id);
            while (bytes.hasRemaining()) {
                channel.write(bytes, place.offset() + bytes.position());
            }
        }
    }
}
