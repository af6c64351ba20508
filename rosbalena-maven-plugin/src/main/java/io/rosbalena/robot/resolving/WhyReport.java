package io.rosbalena.robot.resolving;

import java.util.List;
import java.util.Optional;

/**
 * Why something is where it is.
 *
 * @param name what was asked about
 * @param kind what it is
 * @param sets each service, and the build root, that holds it
 */
record WhyReport(String name, Node.Kind kind, List<Holder> sets) {
    WhyReport {
        sets = List.copyOf(sets);
    }

    /**
     * A service or the build root that holds it.
     *
     * @param platform the platform
     * @param set the service, or {@code +build}
     * @param version the version of a package
     * @param pruned whether it is left out, though others depend on it
     * @param size its bytes to download; 0 if it is left out
     * @param sizeWithOwn these and the bytes of all packages that would go with it
     * @param chains what leads to it, the shortest first
     * @param further how many dependencies that lead to it are in none of the chains
     */
    record Holder(
            String platform,
            String set,
            Optional<String> version,
            boolean pruned,
            long size,
            long sizeWithOwn,
            List<Chain> chains,
            int further) {
        Holder {
            chains = List.copyOf(chains);
        }
    }

    /**
     * One chain.
     *
     * @param edges from the service to what was asked about
     * @param cut the edge at which a person can cut it: where the chain leaves the workspace or the manifest; empty if
     *     it begins with what every system has
     * @param weight bytes to download that go if this one edge goes and nothing else changes
     * @param keyWeight bytes to download that go if nobody asks for the chain's key; empty if it has none
     */
    record Chain(List<Edge> edges, Optional<Edge> cut, long weight, Optional<Long> keyWeight) {
        Chain {
            edges = List.copyOf(edges);
        }
    }
}
