package io.rosbalena.run;

import io.rosbalena.store.Digest;

/**
 * A layer of a service's image.
 *
 * @param blob digest of the layer as it is stored, compressed or not
 * @param diffId digest of the tar archive inside, see OCI image-spec {@code config.md}
 */
public record ServiceLayer(Digest blob, Digest diffId) {}
