package io.rosbalena.robot.deb;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds locked packages at the mirrors that this project or machine names. The lock knows archives by what they are, not
 * by where they are; the packages' digests prove that the right one was found.
 */
public final class Mirrors {
    private final List<AptSource> sources;
    private final Snapshots snapshots;
    private final String os;

    private Mirrors(List<AptSource> sources, Snapshots snapshots, String os) {
        this.sources = sources;
        this.snapshots = snapshots;
        this.os = os;
    }

    /**
     * Brings packages into the store that are not there; looks at no source if none is missing.
     *
     * @param arrival is told of packages that come from a mirror, while others are still on their way
     */
    public static void ensure(
            Collection<LockedPackage> packages, Base base, Surroundings surroundings, Consumer<LockedPackage> arrival)
            throws IOException {
        boolean complete = true;
        for (LockedPackage one : packages) {
            complete &= surroundings.store().has(one.sha256(), one.size());
        }
        if (complete) {
            return;
        }
        List<String> origins = packages.stream()
                .map(one -> ArchiveId.parse(one.archive()).origin())
                .distinct()
                .toList();
        Mirrors mirrors = new Mirrors(base.sources(), base.snapshots(), Snapshots.os(origins));
        Debs.fetch(packages, mirrors::of, surroundings, arrival);
    }

    private List<URI> of(ArchiveId id) {
        Set<URI> exact = new LinkedHashSet<>();
        Set<URI> possible = new LinkedHashSet<>();
        for (AptSource source : sources) {
            boolean component =
                    source.components().isEmpty() || source.components().contains(id.component());
            if (component) {
                // A source may name the suite by another word, such as "stable" for "bookworm".
                (source.suites().contains(id.suite()) ? exact : possible).addAll(source.uris());
            }
        }
        Set<URI> places = new LinkedHashSet<>();
        snapshots
                .date()
                .flatMap(date -> snapshots.root(id.origin(), id.label(), os, date))
                .ifPresent(places::add);
        places.addAll(exact);
        places.addAll(possible);
        return new ArrayList<>(places);
    }
}
