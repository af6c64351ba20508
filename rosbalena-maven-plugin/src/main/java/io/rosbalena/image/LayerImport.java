package io.rosbalena.image;

import io.rosbalena.image.gzip.Compressors;
import io.rosbalena.image.gzip.Crc32Sum;
import io.rosbalena.image.gzip.GzipMember;
import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffers;
import io.rosbalena.image.gzip.PieceStream;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import io.rosbalena.tree.LayerIndex;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Takes a blob of the store that is some image's layer: reads it once to its end for the digest and the index of its
 * archive, and compresses it again if it is not gzip. Must run on a thread of {@link ImportThreads}.
 */
final class LayerImport implements Stage<Digest, ImportedLayer> {
    private final BlobStore store;
    private final PieceBuffers buffers = new PieceBuffers();

    LayerImport(BlobStore store) {
        this.store = store;
    }

    @Override
    public String id() {
        return "layer-import";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Digest blob) {
        return blob;
    }

    @Override
    public Codec<ImportedLayer> codec() {
        return ImportedLayer.codec();
    }

    @Override
    public ImportedLayer run(Digest blob, Progress progress) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(store.read(blob), 1 << 16)) {
            LayerCompression compression = LayerCompression.detect(in);
            try (InputStream tar = compression.open(in)) {
                return compression == LayerCompression.GZIP
                        ? keep(blob, new MeasuredStream(tar, MeasuredStream.Copy.NONE))
                        : compressAgain(tar);
            }
        }
    }

    private ImportedLayer keep(Digest blob, MeasuredStream tar) throws IOException {
        Digest index = index(tar);
        return new ImportedLayer(blob, tar.digest(), store.size(blob), tar.size(), index);
    }

    private ImportedLayer compressAgain(InputStream archive) throws IOException {
        try (BlobWriter blob = store.create()) {
            blob.write(GzipMember.header());
            PieceStream pieces = new PieceStream(Compressors.ofThisMachine(), buffers, blob::write);
            MeasuredStream tar = new MeasuredStream(archive, pieces::write);
            Digest index = index(tar);
            Crc32Sum sum = new Crc32Sum();
            for (Piece piece : pieces.finish()) {
                sum.add(piece.crc(), piece.raw());
            }
            blob.write(GzipMember.trailer(sum));
            long compressedSize = blob.size();
            return new ImportedLayer(blob.commit(), tar.digest(), compressedSize, tar.size(), index);
        }
    }

    private Digest index(InputStream tar) throws IOException {
        LayerIndex index = LayerIndex.of(tar, LookedAt::isKept);
        try (BlobWriter blob = store.create()) {
            Deflater fast = new Deflater(Deflater.BEST_SPEED);
            try {
                DeflaterOutputStream deflated = new DeflaterOutputStream(blob, fast, 1 << 16);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(deflated, 1 << 16));
                index.write(out);
                out.flush();
                deflated.finish();
            } finally {
                fast.end();
            }
            return blob.commit();
        }
    }
}
