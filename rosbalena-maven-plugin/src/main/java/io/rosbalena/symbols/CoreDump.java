package io.rosbalena.symbols;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a core dump of Linux says about the files of its process.
 *
 * @param machine {@code e_machine} of {@code elf.h}: the processor
 * @param program the path of the program, where the core tells it
 * @param files each file that was mapped, once, in the order of their addresses
 */
public record CoreDump(int machine, Optional<String> program, List<MappedFile> files) {
    public CoreDump {
        files = List.copyOf(files);
    }

    /**
     * Reads a core.
     *
     * @throws IOException if this is no core of a 64-bit process, or one that was cut off
     */
    public static CoreDump read(Path core) throws IOException {
        try (FileChannel channel = FileChannel.open(core)) {
            return new CoreReader(channel).read();
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a table in it is shorter than it says", e);
        }
    }
}
