package io.rosbalena.image.layer;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.gzip.Compressor;
import io.rosbalena.image.gzip.Crc32Sum;
import io.rosbalena.image.gzip.GzipMember;
import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffers;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TarWriter;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Puts parts one after the other into one gzip blob, and its raw bytes into the digest of the tar archive. Parts are read
 * some ahead of the one that is written, and their pieces are worked on by all threads.
 */
final class LayerAssembler {
    /** Parts that are begun, a thread. Most are smaller than a piece. */
    private static final int PARTS_AHEAD = 4;

    private final BlobStore store;
    private final Compressor compressor;
    private final LayerThreads threads;
    private final PieceBuffers buffers = new PieceBuffers();
    private final PieceRoom room;

    LayerAssembler(BlobStore store, Compressor compressor, LayerThreads threads) {
        this.store = store;
        this.compressor = compressor;
        this.threads = threads;
        // 2 MiB each: with the two that a reader fills, 12 MiB a thread.
        this.room = new PieceRoom(3 * threads.count(), threads.count() + 1);
    }

    /**
     * Puts a layer together; it is in the store when it is committed.
     *
     * @param directories of all parts
     * @throws CorruptPartException if the bytes of a remembered part are not those that its pieces describe
     * @throws FindingException with the findings of all parts whose files could not be read for such a reason
     */
    Assembled assemble(Collection<Entry> directories, List<ReadyPart> parts) throws IOException {
        List<PieceQueue.Feed> feeds = new ArrayList<>();
        feeds.add(new TarPieces(compressor, tar -> writeAll(directories, tar)));
        parts.forEach(part -> feeds.add(feed(part)));
        feeds.add(new TarPieces(compressor, TarWriter::finish));
        BlobWriter blob = store.create();
        boolean done = false;
        try {
            Assembly assembly = new Assembly(blob);
            blob.write(GzipMember.header());
            List<Placed> placed = assembly.addAll(feeds);
            blob.write(GzipMember.trailer(assembly.sum));
            done = true;
            // The first and the last are those of the directories and of the end.
            return new Assembled(
                    blob, Digest.from(assembly.diff), assembly.sum.length(), placed.subList(1, placed.size() - 1));
        } finally {
            if (!done) {
                blob.close();
            }
        }
    }

    /**
     * A layer that was put together.
     *
     * @param blob all its bytes
     * @param diffId of the tar archive
     * @param size of the tar archive, in bytes
     * @param parts where each stands
     */
    record Assembled(BlobWriter blob, Digest diffId, long size, List<Placed> parts) {}

    /** Where a part stands in a layer: the offset of its first piece, and all pieces. */
    record Placed(long offset, List<Piece> pieces) {}

    private PieceQueue.Feed feed(ReadyPart part) {
        if (part instanceof ReadyPart.Opened opened) {
            return new TarPieces(compressor, tar -> writeFiles(opened.tree().entries(), tar));
        }
        return new RememberedPieces(((ReadyPart.Remembered) part).part());
    }

    private static void writeAll(Collection<Entry> entries, TarWriter tar) throws IOException {
        for (Entry entry : entries) {
            tar.write(entry);
        }
    }

    private static void writeFiles(List<Entry> entries, TarWriter tar) throws IOException {
        for (Entry entry : entries) {
            if (!entry.isDirectory()) {
                tar.write(entry);
            }
        }
    }

    private final class Assembly {
        private final BlobWriter blob;
        private final MessageDigest diff = Digest.start();
        private final Crc32Sum sum = new Crc32Sum();

        Assembly(BlobWriter blob) {
            this.blob = blob;
        }

        List<Placed> addAll(List<PieceQueue.Feed> feeds) throws IOException {
            List<Placed> placed = new ArrayList<>();
            List<FindingException> told = new ArrayList<>();
            Deque<PieceQueue> begun = new ArrayDeque<>();
            Iterator<PieceQueue.Feed> next = feeds.iterator();
            try {
                while (next.hasNext() || !begun.isEmpty()) {
                    while (next.hasNext() && begun.size() <= PARTS_AHEAD * threads.count()) {
                        begun.add(begin(next.next()));
                    }
                    try {
                        placed.add(add(begun.getFirst()));
                    } catch (FindingException e) {
                        told.add(e);
                    }
                    begun.removeFirst();
                }
            } finally {
                // After a failure the layer may be written again, by the same threads.
                begun.forEach(PieceQueue::leave);
            }
            if (!told.isEmpty()) {
                throw FindingException.of(told);
            }
            return placed;
        }

        private PieceQueue begin(PieceQueue.Feed feed) {
            PieceQueue queue = new PieceQueue(threads.packers(), buffers, room.new Share());
            queue.begin(feed, threads.readers());
            return queue;
        }

        private Placed add(PieceQueue queue) throws IOException {
            queue.becomeFirst();
            long offset = blob.size();
            List<Piece> pieces = new ArrayList<>();
            for (Optional<PieceQueue.Ready> next = queue.take(); next.isPresent(); next = queue.take()) {
                PieceQueue.Ready ready = next.get();
                blob.write(ready.buffer().packed());
                diff.update(ready.buffer().raw());
                sum.add(ready.piece().crc(), ready.piece().raw());
                pieces.add(ready.piece());
                queue.giveBack(ready);
            }
            return new Placed(offset, pieces);
        }
    }
}
