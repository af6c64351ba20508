package io.rosbalena.robot.locking;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.solver.Solution;
import io.rosbalena.robot.surroundings.ByteCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What pruning spares a service, in lines for people. */
final class PrunedTable {
    private static final int HEAVIEST = 10;

    private final String service;
    private final Map<String, Solution.Choice> choices = new HashMap<>();
    private final Set<String> dropped;

    PrunedTable(String service, Solution solution, Set<String> dropped) {
        this.service = service;
        this.dropped = dropped;
        solution.packages().forEach(choice -> choices.put(choice.candidate().name(), choice));
    }

    /**
     * Before and after, then the heaviest packages that went with the chain that pulled each in.
     *
     * @param back packages that stay because files need them, with what needs them
     */
    List<String> lines(SortedMap<String, String> back) {
        List<Candidate> all =
                choices.values().stream().map(Solution.Choice::candidate).toList();
        List<Candidate> went =
                all.stream().filter(one -> dropped.contains(one.name())).toList();
        List<Candidate> left =
                all.stream().filter(one -> !dropped.contains(one.name())).toList();
        List<String> lines = new ArrayList<>();
        lines.add("pruned " + service + ": " + sums(all) + " -> " + sums(left));
        went.stream()
                .sorted(Comparator.comparingLong((Candidate one) -> -one.installedSize())
                        .thenComparing(Candidate::name))
                .limit(HEAVIEST)
                .forEach(one -> lines.add(
                        "  without " + one.name() + ", " + installed(List.of(one)) + ": " + chain(one.name())));
        if (went.size() > HEAVIEST) {
            lines.add("  and " + (went.size() - HEAVIEST) + " smaller packages");
        }
        back.forEach((name, why) -> lines.add("  with " + name + ", since " + why));
        return lines;
    }

    private static String sums(Collection<Candidate> packages) {
        long download = packages.stream()
                .flatMap(one -> one.deb().stream())
                .mapToLong(deb -> deb.size())
                .sum();
        return packages.size() + " packages, " + installed(packages) + " installed, " + ByteCount.show(download)
                + " to download";
    }

    private static String installed(Collection<Candidate> packages) {
        return ByteCount.show(
                1024 * packages.stream().mapToLong(Candidate::installedSize).sum());
    }

    /** From what was asked for to the package. */
    private String chain(String name) {
        Set<String> chain = new LinkedHashSet<>();
        String at = name;
        while (chain.add(at)) {
            Solution.Choice choice = choices.get(at);
            if (choice == null || choice.why().by().isEmpty()) {
                break;
            }
            at = choice.why().by().get();
        }
        List<String> names = new ArrayList<>(chain);
        java.util.Collections.reverse(names);
        return names.stream().collect(Collectors.joining(" -> "));
    }
}
