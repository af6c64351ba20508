package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What the images of a platform stand on.
 *
 * @param from what was asked, for example {@code apt} or {@code registry:ros:humble-ros-core}
 * @param manifest digest of the base's manifest; none for a base assembled from apt
 * @param diffIds its layers, bottom first
 */
public record LockedBase(String from, Optional<Digest> manifest, List<Digest> diffIds) {
    public LockedBase {
        diffIds = List.copyOf(diffIds);
    }
}
