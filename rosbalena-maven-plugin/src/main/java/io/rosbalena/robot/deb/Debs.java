package io.rosbalena.robot.deb;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.apt.index.PackageDownloads;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.surroundings.SharedBlob;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings locked Debian packages into the store. Their digests stand in the lock, so any mirror will do. */
final class Debs {
    private Debs() {}

    /**
     * Fetches what the store lacks: from the cache, else from the places of its archive in their order.
     *
     * @param locations roots of the mirrors of an archive, and behind these of whatever else keeps its packages
     * @param arrival is told of each package that comes from a mirror, while others are still on their way
     * @throws io.rosbalena.finding.FindingException with every package that cannot be had
     */
    static void fetch(
            Collection<LockedPackage> packages,
            Function<ArchiveId, List<URI>> locations,
            Surroundings surroundings,
            Consumer<LockedPackage> arrival)
            throws IOException {
        surroundings
                .cache()
                .bring(
                        packages.stream()
                                .map(one -> new SharedBlob(one.name() + " " + one.version(), one.sha256(), one.size()))
                                .toList(),
                        surroundings.console());
        List<ArchivedDeb> debs = new ArrayList<>();
        Map<ArchiveId, List<URI>> roots = new HashMap<>();
        Map<Digest, LockedPackage> byDigest = new HashMap<>();
        for (LockedPackage one : packages) {
            ArchiveId archive = ArchiveId.parse(one.archive());
            debs.add(new ArchivedDeb(archive, one.filename(), one.size(), one.sha256()));
            roots.computeIfAbsent(archive, locations);
            byDigest.put(one.sha256(), one);
        }
        new PackageDownloads(roots, surroundings.transfer(), surroundings.store(), surroundings.console())
                .after(surroundings.cache().places())
                .telling(deb -> arrival.accept(Objects.requireNonNull(byDigest.get(deb.sha256()))))
                .fetch(debs);
    }
}
