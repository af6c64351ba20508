package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Compiles packages a second time to see whether they come out the same: under {@link Circumstances#OTHER}, each alone, the
 * last first, in an empty build folder, into a store of its own and without a {@link CompilerCache}, so that nothing is
 * looked up. Each is compiled against what the first compile gave, so that only who is to blame differs.
 */
public final class SecondCompile {
    /** As many files of a package are told. */
    private static final int TOLD = 5;

    private final BlobStore store;
    private final Entrance entrance;
    private final BuildRoot root;
    private final CompileFlags flags;
    private final Path logs;

    /**
     * @param store has the results of the first compile
     * @param logs folder that gets the log of each package compiled, as {@code <package>.log}
     */
    public SecondCompile(BlobStore store, Entrance entrance, BuildRoot root, CompileFlags flags, Path logs) {
        this.store = store;
        this.entrance = entrance;
        this.root = root;
        this.flags = flags.withJobs(Circumstances.OTHER.jobs(flags.jobs()));
        this.logs = logs;
    }

    /**
     * Compares the results of two compiles.
     *
     * @param packages the workspace
     * @param compiled the results of the first compile of all of them
     * @param wanted names of those that are compiled again
     * @throws FindingException RB415 with each package that comes out otherwise, and RB416 with each that does not compile
     *     again
     */
    public void check(
            Collection<ColconPackage> packages,
            SortedMap<String, InstallTree> compiled,
            Set<String> wanted,
            Progress progress)
            throws IOException, InterruptedException {
        PackageGraph graph = new PackageGraph(packages);
        List<ColconPackage> order =
                new ArrayList<>(graph.levels().stream().flatMap(List::stream).toList());
        Collections.reverse(order);
        Path folder = store.temporary().resolve("again-" + UUID.randomUUID());
        Findings findings = new Findings();
        try {
            BlobStore own = BlobStore.open(folder);
            ColconRun colcon = new ColconRun(store, own, entrance, logs, AfterCompile.NOTHING, Circumstances.OTHER);
            colcon.sandbox();
            entrance.check(root);
            TreeDifference difference = new TreeDifference(store, own);
            for (ColconPackage unit : order) {
                InstallTree first = compiled.get(unit.name());
                if (first != null && wanted.contains(unit.name())) {
                    CompileInput input = CompileInput.of(graph, unit, root, flags, compiled)
                            .orElseThrow(() -> new IllegalArgumentException("no results for " + unit.name()));
                    Findings said = new Findings();
                    InstallTree second =
                            colcon.run(List.of(input), said, progress).get(unit.name());
                    if (second == null) {
                        findings.add(doesNotCompile(unit, said));
                    } else {
                        List<FileDifference> found = difference.of(first, second);
                        if (!found.isEmpty()) {
                            findings.add(differs(unit, found));
                        }
                    }
                }
            }
        } finally {
            DirectoryRemoval.remove(folder);
        }
        findings.throwIfErrors();
    }

    private static Finding doesNotCompile(ColconPackage unit, Findings said) {
        return Finding.error("RB416", unit.name() + " compiles, but not a second time under other conditions")
                .fix("it was said:\n"
                        + said.all().stream().map(Finding::print).collect(Collectors.joining("\n"))
                        + "\nIf it wants more than one job or processor, say so in its CMakeLists.txt; if a file is missing"
                        + " only then, its rule depends on luck: add the dependency that it lacks.")
                .at(unit.userPath("package.xml"))
                .inPackage(unit.name());
    }

    private static Finding differs(ColconPackage unit, List<FileDifference> found) {
        List<String> lines = new ArrayList<>();
        found.stream().limit(TOLD).map(FileDifference::line).forEach(lines::add);
        if (found.size() > TOLD) {
            lines.add("and " + (found.size() - TOLD) + " more");
        }
        Set<String> advice = new LinkedHashSet<>();
        found.forEach(
                file -> advice.add(file.cause().map(DifferenceCause::advice).orElse(DifferenceCause.USUAL)));
        advice.stream().limit(2).forEach(lines::add);
        return Finding.error(
                        "RB415",
                        unit.name() + " comes out otherwise when it is compiled again under other conditions: "
                                + (found.size() == 1 ? "one file differs" : found.size() + " files differ"))
                .fix(String.join("\n", lines))
                .at(unit.userPath("package.xml"))
                .inPackage(unit.name());
    }
}
