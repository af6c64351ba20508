package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.SortedMap;

/**
 * An {@code image:} service.
 *
 * @param ref the reference as the manifest writes it
 * @param manifests digest of the manifest for each platform
 */
public record LockedImage(String ref, SortedMap<String, Digest> manifests) {
    public LockedImage {
        manifests = Lock.sorted(manifests);
    }
}
