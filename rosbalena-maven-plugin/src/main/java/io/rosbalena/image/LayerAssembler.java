package io.rosbalena.image;

import io.rosbalena.image.gzip.Crc32Sum;
import io.rosbalena.image.gzip.GzipMember;
import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffer;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.DataFormatException;

/** Puts packed parts one after the other into one gzip blob, and inflates them for the digest of the tar archive. */
final class LayerAssembler {
    private final BlobStore store;
    private final PieceBuffers buffers;
    private final ExecutorService inflaters;
    private final int ahead;

    /**
     * @param ahead pieces that are inflated at the same time
     */
    LayerAssembler(BlobStore store, PieceBuffers buffers, ExecutorService inflaters, int ahead) {
        this.store = store;
        this.buffers = buffers;
        this.inflaters = inflaters;
        this.ahead = ahead;
    }

    /**
     * What was written.
     *
     * @param offsets where each part begins in the blob
     */
    record Assembled(Digest digest, Digest diffId, long compressedSize, long size, List<Long> offsets) {}

    /**
     * Writes a layer.
     *
     * @throws CorruptPartException if the bytes of a part are not those that its pieces describe
     */
    Assembled assemble(List<PackedPart> parts) throws IOException {
        try (BlobWriter blob = store.create()) {
            Assembly assembly = new Assembly(blob);
            List<Long> offsets = new ArrayList<>();
            blob.write(GzipMember.header());
            for (PackedPart part : parts) {
                offsets.add(blob.size());
                assembly.add(part);
            }
            assembly.hashAll();
            blob.write(GzipMember.trailer(assembly.sum));
            long compressedSize = blob.size();
            return new Assembled(
                    blob.commit(), Digest.from(assembly.diff), compressedSize, assembly.sum.length(), offsets);
        }
    }

    private final class Assembly {
        private final BlobWriter blob;
        private final MessageDigest diff = Digest.start();
        private final Crc32Sum sum = new Crc32Sum();
        private final Deque<Inflating> pending = new ArrayDeque<>();

        private record Inflating(PackedPart part, Future<PieceBuffer> buffer) {}

        Assembly(BlobWriter blob) {
            this.blob = blob;
        }

        void add(PackedPart part) throws IOException {
            try (FileChannel in = open(part)) {
                in.position(part.offset());
                for (Piece piece : part.pieces()) {
                    PieceBuffer buffer = buffers.take();
                    fill(buffer.packed().limit(piece.packed()), in, part);
                    blob.write(buffer.packed().duplicate().flip());
                    sum.add(piece.crc(), piece.raw());
                    pending.add(new Inflating(part, inflaters.submit(() -> {
                        buffer.unpack(piece);
                        return buffer;
                    })));
                    if (pending.size() >= ahead) {
                        hashFirst();
                    }
                }
            }
        }

        /** The store may lose a layer at any time: somebody cleans it. */
        private FileChannel open(PackedPart part) throws IOException {
            try {
                return FileChannel.open(part.file());
            } catch (NoSuchFileException e) {
                throw new CorruptPartException(part, e);
            }
        }

        void hashAll() throws IOException {
            while (!pending.isEmpty()) {
                hashFirst();
            }
        }

        private void hashFirst() throws IOException {
            Inflating first = pending.remove();
            try {
                PieceBuffer buffer = first.buffer().get();
                diff.update(buffer.raw());
                buffers.giveBack(buffer);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof DataFormatException) {
                    throw new CorruptPartException(first.part(), e);
                }
                throw new IOException("cannot read a layer's part again", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("interrupted while writing a layer");
                interrupted.initCause(e);
                throw interrupted;
            }
        }

        private void fill(ByteBuffer packed, FileChannel in, PackedPart part) throws IOException {
            while (packed.hasRemaining()) {
                if (in.read(packed) < 0) {
                    throw new CorruptPartException(
                            part, new EOFException(part.file().toString()));
                }
            }
        }
    }
}
