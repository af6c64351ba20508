package io.rosbalena.image.layer;

import io.rosbalena.image.gzip.Piece;
import io.rosbalena.tree.Entry;
import java.nio.file.Path;
import java.util.List;

/**
 * A part whose compressed bytes can be read.
 *
 * @param file holds the pieces one after the other
 * @param offset where they begin
 * @param pieces of the tar entries of everything but directories
 * @param directories of the part, sorted
 */
record PackedPart(Path file, long offset, List<Piece> pieces, List<Entry> directories) {
    PackedPart {
        pieces = List.copyOf(pieces);
        directories = List.copyOf(directories);
    }

    /** Bytes in {@code file}. */
    long packedSize() {
        return pieces.stream().mapToLong(Piece::packed).sum();
    }
}
