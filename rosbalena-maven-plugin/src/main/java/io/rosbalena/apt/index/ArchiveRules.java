package io.rosbalena.apt.index;

import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.transfer.Location;
import java.net.URI;
import java.util.Set;

/**
 * What a user allows and asks of archives beyond their sources.
 *
 * @param unsigned roots, each ending with a slash, whose archives may be used without a signature; it is the root that
 *     names such an archive, since what it says of itself nobody vouches for
 * @param snapshots where archives can be had as they were, and whether they are to be
 * @param preferences which versions are preferred
 */
public record ArchiveRules(Set<URI> unsigned, Snapshots snapshots, Preferences preferences) {
    /** Nothing beyond the sources. */
    public static final ArchiveRules NONE = new ArchiveRules(Set.of(), Snapshots.NONE, Preferences.NONE);

    public ArchiveRules {
        unsigned = Set.copyOf(unsigned);
    }

    /** Whether an archive may be used without a signature. */
    boolean allowsUnsigned(Repository repository) {
        return unsigned.contains(Location.nameable(repository.root()));
    }
}
