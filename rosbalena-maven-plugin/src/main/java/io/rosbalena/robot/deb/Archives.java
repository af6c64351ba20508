package io.rosbalena.robot.deb;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.AptRepositories;
import io.rosbalena.apt.index.ArchiveRules;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The apt archives of a platform while locking.
 *
 * @param table what they offer
 */
public record Archives(CandidateTable table) {

    /** No {@code InRelease} has as much; those of Ubuntu are below 1 MB. */
    private static final long LARGEST_RELEASE = 32L << 20;

    /**
     * Reads the indexes of the sources for a platform, their signatures checked; tells what was noticed in them.
     *
     * @param rules what is allowed and asked beyond the sources
     * @param kept {@code InRelease} files of a lock, which stand in for archives that do not answer
     */
    public static Archives open(
            List<AptSource> sources,
            ArchiveRules rules,
            Platform platform,
            Collection<Digest> kept,
            Surroundings surroundings)
            throws IOException {
        for (Digest file : kept) {
            surroundings.cache().document("an InRelease of the lock", file, LARGEST_RELEASE, surroundings.console());
        }
        CandidateTable table = AptRepositories.open(
                sources,
                rules,
                platform.architecture(),
                surroundings.cache().before(surroundings.transfer(), surroundings.console()),
                surroundings.store(),
                surroundings.clock(),
                kept,
                surroundings.console());
        table.notes().forEach(surroundings.console()::finding);
        return new Archives(table);
    }

    /** The operating system that the archives are of: for a base that is assembled from them. */
    public TargetOs os() {
        return os(table.archives().keySet());
    }

    /**
     * The operating system that some archives are of.
     *
     * @throws FindingException RB714 if none of them is a release of Debian or Ubuntu
     */
    public static TargetOs os(Collection<ArchiveId> archives) {
        return archives.stream()
                .sorted()
                .filter(id -> List.of("debian", "ubuntu").contains(id.origin().toLowerCase(Locale.ROOT)))
                .filter(id -> !id.suite().contains("-"))
                .findFirst()
                .map(id -> new TargetOs(id.origin().toLowerCase(Locale.ROOT), id.suite()))
                .orElseThrow(() -> FindingException.input(
                        Finding.error("RB714", "none of the apt sources is a release of Debian or Ubuntu")
                                .at("pom.xml")
                                .fix("name one in <aptSources>, for example Debian's bookworm or Ubuntu's jammy")));
    }

    /** Those pins whose version the archives still offer; where one is gone, the newest is taken, and it is said. */
    public Map<String, DebianVersion> available(Map<String, DebianVersion> pins) {
        Map<String, DebianVersion> available = new HashMap<>();
        pins.forEach((name, version) -> {
            if (table.version(name, version).isPresent()) {
                available.put(name, version);
            }
        });
        return available;
    }

    /**
     * Brings packages into the store that are not there.
     *
     * @param arrival is told of packages that come from a mirror, while others are still on their way
     */
    public void download(Collection<LockedPackage> packages, Surroundings surroundings, Consumer<LockedPackage> arrival)
            throws IOException {
        Debs.fetch(packages, archive -> table.locations().getOrDefault(archive, List.of()), surroundings, arrival);
    }
}
