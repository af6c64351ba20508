package io.rosbalena.image;

import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Names a layer together with all that stand below it, as engines know the layers that they have unpacked: OCI image-spec
 * {@code config.md}, "Layer ChainID".
 */
public final class LayerChain {
    private LayerChain() {}

    /** The chain ids of an image's layers, from the bottom up. */
    public static List<Digest> of(List<Digest> diffIds) {
        List<Digest> chain = new ArrayList<>();
        for (Digest diffId : diffIds) {
            chain.add(chain.isEmpty() ? diffId : Digest.of(chain.get(chain.size() - 1) + " " + diffId));
        }
        return List.copyOf(chain);
    }
}
