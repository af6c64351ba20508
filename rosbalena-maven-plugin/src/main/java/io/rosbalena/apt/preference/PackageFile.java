package io.rosbalena.apt.preference;

/**
 * What pins know of an index of packages.
 *
 * @param archive {@code Suite} of its Release file: {@code a=}
 * @param codename {@code n=}
 * @param version {@code v=}
 * @param origin {@code o=}
 * @param label {@code l=}
 * @param component {@code c=}; empty for a flat archive
 * @param architecture {@code b=}; empty for a flat archive
 * @param site its host; empty for files of this machine
 * @param priority what its packages have where no pin says otherwise: 500, 100 or 1
 */
public record PackageFile(
        String archive,
        String codename,
        String version,
        String origin,
        String label,
        String component,
        String architecture,
        String site,
        int priority) {

    /** An index of which nothing is known. */
    public static PackageFile unnamed(int priority) {
        return new PackageFile("", "", "", "", "", "", "", "", priority);
    }
}
