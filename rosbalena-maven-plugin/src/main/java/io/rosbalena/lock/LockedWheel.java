package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.Comparator;
import java.util.Optional;

/**
 * One Python wheel.
 *
 * @param name normalised project name
 * @param version version
 * @param filename file name of the wheel
 * @param size bytes
 * @param sha256 its digest
 * @param source what it was made from in the build root; empty for a wheel of an index
 */
public record LockedWheel(
        String name, String version, String filename, long size, Digest sha256, Optional<Source> source)
        implements Comparable<LockedWheel> {

    /**
     * Sources of a project without wheels.
     *
     * @param filename file name of the archive
     * @param sha256 its digest
     */
    public record Source(String filename, Digest sha256) {}

    /** How sets name it. No Debian package can have such a name. */
    public String member() {
        return "pip:" + name + "==" + version;
    }

    @Override
    public int compareTo(LockedWheel other) {
        return Comparator.comparing(LockedWheel::name)
                .thenComparing(LockedWheel::version)
                .compare(this, other);
    }
}
