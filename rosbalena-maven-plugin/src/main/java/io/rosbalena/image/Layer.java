package io.rosbalena.image;

import io.rosbalena.store.Digest;
import java.util.List;

/**
 * A layer whose gzip bytes are in the store.
 *
 * @param digest of the gzip bytes
 * @param diffId of the tar archive inside, see OCI image-spec {@code config.md}
 * @param compressedSize bytes of the gzip form
 * @param size bytes of the tar archive
 * @param kind what the layer is for
 * @param holds labels of its parts, in their order; for people and reports, without meaning here
 */
public record Layer(Digest digest, Digest diffId, long compressedSize, long size, LayerKind kind, List<String> holds) {
    public Layer {
        if (compressedSize < 0 || size < 0) {
            throw new IllegalArgumentException("negative size of layer " + digest);
        }
        holds = List.copyOf(holds);
    }
}
