package io.rosbalena.image.layer;

import io.rosbalena.image.LayerKind;
import java.util.List;

/**
 * What a layer is to hold.
 *
 * @param kind what the layer is for
 * @param parts at least one, in the order of their bytes. Where two parts have a directory, the first decides its mode
 *     and owner; any other path must stand in one part only
 */
public record LayerPlan(LayerKind kind, List<LayerPart> parts) {
    public LayerPlan {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a layer without parts");
        }
    }

    /** The labels of all parts. */
    public List<String> labels() {
        return parts.stream().map(LayerPart::label).distinct().toList();
    }
}
