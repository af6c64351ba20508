package io.rosbalena.image.layer;

import io.rosbalena.image.gzip.Piece;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers in which layer of the store a part's pieces stand, so that they are copied into the next layer instead of
 * being made again. Nothing is stored twice: a part is remembered as long as a layer that holds it is kept.
 */
final class PartMemory {
    /** Raised whenever the same files would give other bytes. */
    static final int VERSION = 1;

    private final BlobStore store;

    PartMemory(BlobStore store) {
        this.store = store;
    }

    /** The part if its bytes are still in the store. A record that does not read is one that is not there. */
    Optional<PackedPart> find(Digest key) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonValue record = Json.parse(Files.readAllBytes(file));
            Optional<Path> blob = store.find(Digest.parse(record.get("blob").string()));
            if (blob.isEmpty()) {
                return Optional.empty();
            }
            PackedPart part = decode(blob.get(), record);
            // A layer that was cut short with its disk.
            return part.offset() + part.packedSize() > Files.size(blob.get()) ? Optional.empty() : Optional.of(part);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Remembers where in a layer the part's pieces stand. */
    void keep(Digest key, PackedPart part, Digest layer) throws IOException {
        List<List<Object>> pieces = new ArrayList<>();
        part.pieces().forEach(piece -> pieces.add(List.of(piece.packed(), piece.raw(), piece.crc())));
        List<List<Object>> directories = new ArrayList<>();
        part.directories()
                .forEach(entry -> directories.add(
                        List.of(entry.path().text(), entry.mode(), entry.uid(), entry.gid(), entry.mtime())));
        byte[] record = Json.compact(Map.of(
                "blob", layer.toString(), "offset", part.offset(), "pieces", pieces, "directories", directories));
        AtomicFile.writeUnsynced(file(key), record);
    }

    void forget(Digest key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    private Path file(Digest key) {
        return store.root().resolve("results").resolve("layer-part-" + VERSION).resolve(key.hex() + ".json");
    }

    private static PackedPart decode(Path blob, JsonValue record) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (JsonValue piece : record.get("pieces").items()) {
            List<JsonValue> numbers = piece.items();
            pieces.add(new Piece(
                    (int) numbers.get(0).number(), (int) numbers.get(1).number(), (int)
                            numbers.get(2).number()));
        }
        List<Entry> directories = new ArrayList<>();
        for (JsonValue directory : record.get("directories").items()) {
            List<JsonValue> fields = directory.items();
            directories.add(new Entry(
                    new TreePath(fields.get(0).string()),
                    Entry.Kind.DIRECTORY,
                    (int) fields.get(1).number(),
                    fields.get(2).number(),
                    fields.get(3).number(),
                    fields.get(4).number(),
                    "",
                    0,
                    Content.EMPTY));
        }
        return new PackedPart(blob, record.get("offset").number(), pieces, directories);
    }
}
