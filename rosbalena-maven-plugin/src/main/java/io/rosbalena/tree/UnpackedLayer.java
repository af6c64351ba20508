package io.rosbalena.tree;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A layer of which the contents are at hand: those that its index keeps at once; for any other the archive is unpacked,
 * once, into a temporary file that has lost its name.
 */
public final class UnpackedLayer implements Closeable {
    private final LayerIndex index;
    private final Content archive;
    private final Path scratch;
    private Optional<Spool> unpacked = Optional.empty();

    /**
     * A layer.
     *
     * @param archive its tar archive, not compressed
     * @param scratch folder for the temporary file
     */
    public UnpackedLayer(LayerIndex index, Content archive, Path scratch) {
        this.index = index;
        this.archive = archive;
        this.scratch = scratch;
    }

    LayerIndex index() {
        return index;
    }

    /** The content of an item of the index. */
    Content content(LayerIndex.Item item) {
        return item.kept()
                .orElseGet(() -> () ->
                        unpacked().open(item.header().offset(), item.header().size()));
    }

    private synchronized Spool unpacked() throws IOException {
        if (unpacked.isEmpty()) {
            Spool spool = Spool.temporary(scratch);
            unpacked = Optional.of(spool);
            try (InputStream in = archive.open()) {
                byte[] buffer = new byte[1 << 16];
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    spool.write(buffer, 0, read);
                }
            }
        }
        return unpacked.get();
    }

    @Override
    public synchronized void close() throws IOException {
        if (unpacked.isPresent()) {
            unpacked.get().close();
            unpacked = Optional.empty();
        }
    }
}
