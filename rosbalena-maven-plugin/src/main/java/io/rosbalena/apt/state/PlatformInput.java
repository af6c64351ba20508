package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.PathRewrite;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the state of a system is computed from.
 *
 * @param architecture Debian's name, for example {@code arm64}
 * @param packages the packages that are added, by name
 * @param pruned versions by name of the packages that these depend on and run without
 * @param automatic names of those that nobody asked for by name
 * @param rewrite where paths of packages really stand
 * @param base what stands below them
 * @param unknownScripts what is said of scripts that are not understood
 * @param accounts ids that the lock has fixed: {@code user NAME} and {@code group NAME} with their number
 */
public record PlatformInput(
        String architecture,
        List<DebFacts> packages,
        SortedMap<String, String> pruned,
        Set<String> automatic,
        PathRewrite rewrite,
        BaseFiles base,
        UnknownScripts unknownScripts,
        SortedMap<String, Integer> accounts) {

    public PlatformInput {
        packages = packages.stream()
                .sorted(Comparator.comparing(DebFacts::name).thenComparing(DebFacts::architecture))
                .toList();
        pruned = Collections.unmodifiableSortedMap(new TreeMap<>(pruned));
        automatic = Set.copyOf(automatic);
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }

    /** A system assembled from packages alone. */
    public static PlatformInput assembled(
            String architecture, List<DebFacts> packages, Set<String> automatic, SortedMap<String, Integer> accounts) {
        return new PlatformInput(
                architecture,
                packages,
                new TreeMap<>(),
                automatic,
                PathRewrite.DEBIAN,
                BaseFiles.NONE,
                UnknownScripts.WARN,
                accounts);
    }
}
