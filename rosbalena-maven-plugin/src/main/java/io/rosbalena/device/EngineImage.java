package io.rosbalena.device;

import io.rosbalena.store.Digest;
import java.util.List;

/**
 * An image that an engine has.
 *
 * @param id as the engine names it
 * @param tags {@code REPOSITORY:TAG}
 */
public record EngineImage(Digest id, List<String> tags) {
    public EngineImage {
        tags = List.copyOf(tags);
    }
}
