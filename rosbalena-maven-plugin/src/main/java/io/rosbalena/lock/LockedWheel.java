package io.rosbalena.lock;

import io.rosbalena.store.Digest;

/**
 * One Python wheel.
 *
 * @param name normalised project name
 * @param version version
 * @param filename file name of the wheel
 * @param size bytes
 * @param sha256 its digest
 */
public record LockedWheel(String name, String version, String filename, long size, Digest sha256)
        implements Comparable<LockedWheel> {

    @Override
    public int compareTo(LockedWheel other) {
        return name.compareTo(other.name);
    }
}
