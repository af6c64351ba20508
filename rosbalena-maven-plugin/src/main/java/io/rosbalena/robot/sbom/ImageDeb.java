package io.rosbalena.robot.sbom;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Stanza;
import io.rosbalena.lock.LockedPackage;
import java.util.List;
import java.util.Optional;

/**
 * A Debian package in an image.
 *
 * @param stanza its control fields
 * @param candidate the same, read
 * @param locked what the lock says of it; empty for one that the base brought
 * @param licenses what its copyright file says
 */
record ImageDeb(Stanza stanza, Candidate candidate, Optional<LockedPackage> locked, List<String> licenses) {
    ImageDeb {
        licenses = List.copyOf(licenses);
    }

    static ImageDeb of(Stanza stanza, Optional<LockedPackage> locked, List<String> licenses) {
        return new ImageDeb(stanza, Candidate.installed(stanza), locked, licenses);
    }

    String name() {
        return candidate.name();
    }

    /** Whether the one takes the place of the other: of one name, and for one architecture or for all. */
    boolean replaces(ImageDeb other) {
        String here = candidate.architecture();
        String there = other.candidate.architecture();
        return name().equals(other.name()) && (here.equals(there) || here.equals("all") || there.equals("all"));
    }
}
