package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.transfer.Location;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is told of archives that nobody vouches for. */
final class Unsigned {
    private Unsigned() {}

    /** Said each time that a lock is made. */
    static Optional<Finding> warning(SignedRelease signed) {
        return Optional.of(signed)
                .filter(one -> one.signer().equals(Signer.NOBODY))
                .map(one -> one.repository()
                        .source()
                        .place(Finding.warning(
                                        "RB253",
                                        one.repository()
                                                + " is used without a signature, as <allowUnsigned> says: whoever can change"
                                                + " it, or what comes from it, puts programs on the robot")
                                .fix("have it signed with a key of your own, and name the key in Signed-By")));
    }

    /** Roots that are allowed and that no source has: a misspelt one would otherwise only show as a refused archive. */
    static List<Finding> unknown(ArchiveRules rules, List<AptSource> sources) {
        Set<URI> roots = new HashSet<>();
        sources.forEach(source -> source.uris().forEach(uri -> roots.add(Location.nameable(uri))));
        return rules.unsigned().stream()
                .filter(root -> !roots.contains(root))
                .sorted()
                .map(root -> Finding.warning(
                                "RB254", "<allowUnsigned> names " + Location.show(root) + ", which no apt source has")
                        .at("pom.xml")
                        .fix("write it as the source does, or remove it"))
                .toList();
    }
}
