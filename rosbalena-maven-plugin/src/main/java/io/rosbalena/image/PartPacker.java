package io.rosbalena.image;

import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.Piece;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TarWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Turns file trees into compressed tar entries in scratch files. */
final class PartPacker {
    private final Compressor compressor;
    private final Path scratch;
    private final PieceBuffers buffers = new PieceBuffers();

    /** Files that nobody writes to: one a thread, since creating and deleting one for each part costs time. */
    private final Queue<Path> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param scratch folder of the scratch files, which the caller deletes
     */
    PartPacker(Compressor compressor, Path scratch) {
        this.compressor = compressor;
        this.scratch = scratch;
    }

    PieceBuffers buffers() {
        return buffers;
    }

    /** Everything but the directories, which are only collected. */
    PackedPart packFiles(FileTree tree) throws IOException {
        List<Entry> directories = new ArrayList<>();
        return pack(directories, tar -> {
            for (Entry entry : tree.entries()) {
                if (entry.isDirectory()) {
                    directories.add(entry);
                } else {
                    tar.write(entry);
                }
            }
        });
    }

    /** The directories of a layer. */
    PackedPart packDirectories(Iterable<Entry> directories) throws IOException {
        return pack(List.of(), tar -> {
            for (Entry directory : directories) {
                tar.write(directory);
            }
        });
    }

    /** The end of an archive. */
    PackedPart packEnd() throws IOException {
        return pack(List.of(), TarWriter::finish);
    }

    private interface Writing {
        void to(TarWriter tar) throws IOException;
    }

    private PackedPart pack(List<Entry> directories, Writing writing) throws IOException {
        Path file = Optional.ofNullable(idle.poll()).orElseGet(() -> scratch.resolve(UUID.randomUUID() + ".parts"));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long offset = out.position();
            PieceStream pieces = new PieceStream(compressor, buffers, out::write);
            writing.to(new TarWriter(pieces));
            List<Piece> all = pieces.finish();
            idle.add(file);
            return new PackedPart(file, offset, all, directories);
        }
    }
}
