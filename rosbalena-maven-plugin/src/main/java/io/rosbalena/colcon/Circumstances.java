package io.rosbalena.colcon;

import io.rosbalena.sandbox.Script;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What may differ between two machines, or between two calls of colcon on one, and must change no byte; so nothing of it
 * enters a key.
 */
enum Circumstances {
    /** As it comes. */
    USUAL,
    /**
     * Whatever can be had otherwise: one job on one processor, another version of the kernel, source files that come in
     * another order.
     */
    OTHER;

    /** How many jobs, where so many are usual. */
    int jobs(int usual) {
        if (this == USUAL) {
            return usual;
        }
        return usual == 1 ? 2 : 1;
    }

    /** The command line that starts a program under these circumstances. */
    List<String> line(List<String> arguments) {
        return this == USUAL
                ? arguments
                : Script.of(Circumstances.class, "elsewhere.sh").line(arguments);
    }

    /** The order in which files are written. */
    <T> List<T> order(List<T> usual) {
        List<T> order = new ArrayList<>(usual);
        if (this == OTHER) {
            Collections.reverse(order);
        }
        return order;
    }

    /**
     * The folders of a run.
     *
     * @param sourceBytes how large the sources are
     */
    Scratch scratch(BlobStore store, long sourceBytes) throws IOException {
        Optional<Path> memory = this == OTHER ? MemoryDisk.folder(sourceBytes) : Optional.empty();
        return memory.isPresent() ? Scratch.create(store, memory.get()) : Scratch.create(store);
    }
}
