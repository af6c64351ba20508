package io.rosbalena.robot.exporting;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The entries of a layer that this plugin wrote. */
final class TopLayer {
    private TopLayer() {}

    /** All of them, with their bytes. */
    static List<Entry> read(BlobStore store, Digest layer) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(store.read(layer)))) {
            TarReader reader = new TarReader(in);
            for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                TarHeader header = next.get();
                entries.add(header.entry(
                        header.type() == TarHeader.Type.FILE
                                ? Content.of(reader.content().readAllBytes())
                                : Content.EMPTY));
            }
        }
        return entries;
    }
}
