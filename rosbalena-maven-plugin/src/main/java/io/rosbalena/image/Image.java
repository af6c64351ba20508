package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.List;

/**
 * An image whose manifest, configuration and layers are in the store.
 *
 * @param platform that it is for
 * @param manifest digest of the manifest's bytes, by which the image is known
 * @param config digest of the configuration's bytes
 * @param layers from the bottom up
 */
public record Image(Platform platform, Digest manifest, Digest config, List<Layer> layers) {
    public Image {
        layers = List.copyOf(layers);
    }

    /**
     * Writes configuration and manifest of these layers into the store.
     *
     * @throws IOException if the disk fails or the base's configuration is malformed
     */
    public static Image write(ImageConfig config, List<Layer> layers, BlobStore store) throws IOException {
        byte[] configBytes = config.bytes(layers);
        Digest configDigest = store.put(configBytes);
        ImageManifest manifest = new ImageManifest(
                Descriptor.of(MediaType.CONFIG, configDigest, configBytes.length),
                layers.stream()
                        .map(layer -> Descriptor.of(MediaType.LAYER_GZIP, layer.digest(), layer.compressedSize()))
                        .toList());
        return new Image(config.platform(), store.put(manifest.bytes()), configDigest, layers);
    }

    /** Bytes of all layers as they are downloaded. */
    public long compressedSize() {
        return layers.stream().mapToLong(Layer::compressedSize).sum();
    }

    /** Bytes of all layers' archives. */
    public long size() {
        return layers.stream().mapToLong(Layer::size).sum();
    }
}
