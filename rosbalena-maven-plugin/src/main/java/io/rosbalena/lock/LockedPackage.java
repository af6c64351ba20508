package io.rosbalena.lock;

import io.rosbalena.store.Digest;

/**
 * One Debian package.
 *
 * @param name package name
 * @param version version as in the index
 * @param arch {@code amd64}, {@code arm64} or {@code all}
 * @param archive id of a {@link LockedArchive}
 * @param filename path below the archive's root
 * @param size bytes of the {@code .deb}
 * @param sha256 its digest
 * @param layer name of the image layer that holds it; {@code -} for a package of the build root alone
 * @param auto whether it came as a dependency (apt's «automatically installed»)
 * @param why the package or service that asked for it
 */
public record LockedPackage(
        String name,
        String version,
        String arch,
        String archive,
        String filename,
        long size,
        Digest sha256,
        String layer,
        boolean auto,
        String why)
        implements Comparable<LockedPackage> {

    /** The layer of packages that stand in no image. */
    public static final String NO_LAYER = "-";

    @Override
    public int compareTo(LockedPackage other) {
        return name.compareTo(other.name);
    }
}
