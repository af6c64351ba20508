package io.rosbalena.apt.index;

import io.rosbalena.store.BlobCodec;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** From a packed index to its {@link IndexExtract}, both blobs of the store. */
final class IndexStage implements Stage<IndexStage.Input, Digest> {
    private final BlobStore store;

    IndexStage(BlobStore store) {
        this.store = store;
    }

    /**
     * A packed index.
     *
     * @param packed digest of the packed bytes
     * @param download brings the packed bytes into the store; only called when their extract is not known yet
     * @param compression how it is packed
     * @param limit the most bytes that it may unpack to
     * @param architecture whose packages are wanted
     */
    record Input(Digest packed, Download download, Compression compression, long limit, String architecture) {}

    /** Brings the packed index into the store. */
    interface Download {
        void run() throws IOException;
    }

    @Override
    public String id() {
        return "apt-index";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Digest key(Input input) {
        return new KeyBuilder()
                .add("packed", input.packed())
                .add("architecture", input.architecture())
                .build();
    }

    @Override
    public Digest run(Input input, Progress progress) throws IOException {
        input.download().run();
        try (InputStream in = input.compression().open(store.read(input.packed()), store.size(input.packed()));
                BlobWriter writer = store.create()) {
            OutputStream out = new BufferedOutputStream(writer, 1 << 16);
            IndexExtract.copy(in, out, input.architecture(), input.limit());
            out.flush();
            return writer.commit();
        }
    }

    @Override
    public Codec<Digest> codec() {
        return new BlobCodec("extract");
    }
}
