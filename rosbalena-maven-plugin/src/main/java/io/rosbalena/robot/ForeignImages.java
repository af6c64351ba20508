package io.rosbalena.robot;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedImage;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finished images that services run: pinned in the lock, copied as they are. */
final class ForeignImages {
    private ForeignImages() {}

    static SortedMap<String, LockedImage> lock(Robot robot, Optional<Lock> before, Surroundings surroundings) {
        return new TreeMap<>();
    }
}
