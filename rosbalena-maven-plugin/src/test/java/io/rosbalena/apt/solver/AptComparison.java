package io.rosbalena.apt.solver;

import io.rosbalena.apt.index.AptRepositories;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.MachineSources;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Solves random sets of packages of the machine's own archive with our solver and with apt, and tells where they differ.
 */
public final class AptComparison {
    private static final Pattern ROBOTS = Pattern.compile(
            "python3-[a-z]+|lib(boost|opencv|eigen|yaml|pcl|qt5|gazebo|console|tinyxml|ogre|cyclonedds|asio|zmq|curl|png|"
                    + "jpeg|usb|udev|bullet|fcl|octomap|ceres|suitesparse|geographic|lua|pybind|poco|spdlog|fmt)[a-z0-9.+-]*"
                    + "|ros-[a-z-]+|ament-[a-z-]+|catkin[a-z-]*|cmake|g\\+\\+|git|pkg-config|gazebo|rviz|can-utils");

    private final RealApt apt;
    private final CandidateTable table;
    private final Random random;

    private AptComparison(RealApt apt, CandidateTable table, long seed) {
        this.apt = apt;
        this.table = table;
        this.random = new Random(seed);
    }

    /** Prepares both sides on the same archive; empty if the machine has no apt or no archive of this architecture. */
    public static Optional<AptComparison> in(Path folder, String architecture, long seed) throws IOException {
        Optional<RealApt> apt = RealApt.in(folder.resolve("apt"), architecture);
        if (apt.isEmpty()) {
            return Optional.empty();
        }
        Findings findings = new Findings();
        List<AptSource> sources = MachineSources.read(Path.of("/"), findings);
        findings.throwIfErrors();
        CandidateTable table = AptRepositories.open(
                sources,
                architecture,
                new HttpTransfer(TransferSettings.standard()),
                BlobStore.open(folder.resolve("store")),
                Clock.systemUTC(),
                Progress.SILENT);
        return Optional.of(new AptComparison(apt.get(), table, seed));
    }

    /** A set of 1, 3 or 8 packages, two times in three of the kinds that robots use. */
    public List<String> randomSet() {
        List<String> names = table.names();
        if (random.nextInt(3) > 0) {
            names = names.stream()
                    .filter(name -> ROBOTS.matcher(name).matches())
                    .toList();
        }
        int size = List.of(1, 3, 8).get(random.nextInt(3));
        List<String> set = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            set.add(names.get(random.nextInt(names.size())));
        }
        return set;
    }

    /** How the two answers differ, in words; empty if they are the same. */
    public Optional<String> difference(List<String> roots, boolean recommends) throws IOException {
        Optional<SortedMap<String, String>> theirs = apt.install(roots, recommends);
        SortedMap<String, String> ours = new TreeMap<>();
        try {
            Solver.solve(table, SolveRequest.of(roots).withRecommends(recommends))
                    .candidates()
                    .forEach(candidate ->
                            ours.put(candidate.name(), candidate.version().toString()));
        } catch (FindingException e) {
            return theirs.map(list -> roots + ": apt installs " + list.size() + ", we say " + e.getMessage());
        }
        if (theirs.isEmpty()) {
            return Optional.of(roots + ": apt refuses, we install " + ours.size());
        }
        if (theirs.get().equals(ours)) {
            return Optional.empty();
        }
        SortedMap<String, String> more = new TreeMap<>(ours);
        more.entrySet().removeAll(theirs.get().entrySet());
        SortedMap<String, String> less = new TreeMap<>(theirs.get());
        less.entrySet().removeAll(ours.entrySet());
        return Optional.of(roots + ": only we " + more + ", only apt " + less);
    }
}
