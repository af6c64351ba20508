package io.rosbalena.image;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.util.List;

/**
 * An image to build on, with all that it needs in the store.
 *
 * @param platform that it is for
 * @param manifest digest of its manifest as its source has it: by this the lock names it
 * @param config its configuration, for {@link ImageConfig}
 * @param layers from the bottom up, all gzip
 */
public record BaseImage(Platform platform, Digest manifest, JsonValue config, List<Layer> layers) {
    public BaseImage {
        layers = List.copyOf(layers);
    }
}
