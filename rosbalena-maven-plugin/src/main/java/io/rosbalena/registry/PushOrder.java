package io.rosbalena.registry;

import io.rosbalena.store.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One image of the store that shall stand in a repository.
 *
 * @param repository for example {@code team/robot/planner}
 * @param manifest of the image; its blobs are in the store, too
 * @param selectors what the manifest shall be found by: tags, or its own digest
 * @param sources for a blob, other repositories of the registry that are known to have it
 */
public record PushOrder(String repository, Digest manifest, List<String> selectors, Map<Digest, List<String>> sources) {
    public PushOrder {
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("an image needs a name in " + repository);
        }
        selectors = List.copyOf(selectors);
        Map<Digest, List<String>> copy = new HashMap<>();
        sources.forEach((blob, repositories) -> copy.put(blob, List.copyOf(repositories)));
        sources = Map.copyOf(copy);
    }

    /** An image of which nothing is known to be in other repositories. */
    public static PushOrder of(String repository, Digest manifest, String selector) {
        return new PushOrder(repository, manifest, List.of(selector), Map.of());
    }
}
