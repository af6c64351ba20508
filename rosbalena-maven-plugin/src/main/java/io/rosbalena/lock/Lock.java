package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code rosbalena.lock}: the contract with time. Names no mirror: an archive is known by what its signed index says of
 * itself.
 *
 * @param asked digest of everything that was asked; another one means that the lock is stale
 * @param testsAsked digest of what tests ask for; empty as long as nobody tests: there are then no sets
 *     {@link LockedPlatform#TEST}
 * @param compressor name of the compressed form of layers, see {@code image}
 * @param databases name of each rosdep or rosdistro file that was consulted, with its SHA-256
 * @param archives the apt archives by the id that packages name
 * @param images the {@code image:} services
 * @param platforms by OCI platform, for example {@code linux/amd64}
 */
public record Lock(
        Digest asked,
        Optional<Digest> testsAsked,
        String compressor,
        SortedMap<String, Digest> databases,
        SortedMap<String, LockedArchive> archives,
        SortedMap<String, LockedImage> images,
        SortedMap<String, LockedPlatform> platforms) {

    /** The schema that this plugin reads and writes. */
    public static final int SCHEMA = 1;

    public Lock {
        databases = sorted(databases);
        archives = sorted(archives);
        images = sorted(images);
        platforms = sorted(platforms);
    }

    static <V> SortedMap<String, V> sorted(SortedMap<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
