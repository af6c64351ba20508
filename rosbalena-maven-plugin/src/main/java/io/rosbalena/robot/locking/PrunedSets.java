package io.rosbalena.robot.locking;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.prune.FileNeeds;
import io.rosbalena.apt.prune.Proof;
import io.rosbalena.apt.prune.Pruning;
import io.rosbalena.apt.solver.Solution;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FileFact;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.WorkspaceSources;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes out of services what only who compiles needs. What the files that are left turn out to need comes back, until
 * they need nothing of what went.
 */
final class PrunedSets {
    private final Robot robot;
    private final Base base;
    private final SystemState states;
    private final Surroundings surroundings;

    PrunedSets(Robot robot, Base base, SystemState states, Surroundings surroundings) {
        this.robot = robot;
        this.base = base;
        this.states = states;
        this.surroundings = surroundings;
    }

    /**
     * Prunes all services, and tells what that spares.
     *
     * @param sets whose packages are in the store
     */
    void prune(PlatformSets sets) throws IOException, InterruptedException {
        Map<String, LockedPackage> locked =
                sets.packages(Map.of()).stream().collect(Collectors.toMap(LockedPackage::name, Function.identity()));
        for (RobotService service : robot.services()) {
            Solution solution = sets.services().get(service.name());
            if (solution != null) {
                prune(service, solution, sets, locked);
            }
        }
    }

    private void prune(RobotService service, Solution solution, PlatformSets sets, Map<String, LockedPackage> locked)
            throws IOException, InterruptedException {
        Set<String> asked = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        service.compose().extension().apt().forEach(one -> named.add(one.replaceFirst("=.*", "")));
        // An image that holds what its packages are built with is there to build in.
        boolean forBuilding = robot.project().rosdep().dependencyTypes().equals(DependencyTypes.ALL.word());
        Set<String> kept = new TreeSet<>(sets.base());
        for (Solution.Choice choice : solution.packages()) {
            String name = choice.candidate().name();
            if (choice.why().by().isEmpty()) {
                (forBuilding ? named : asked).add(name);
            }
            // What the base has cannot be taken out of it, in whatever version.
            if (choice.upgrades().isPresent()) {
                kept.add(name);
            }
        }
        List<Candidate> candidates = solution.candidates();
        Pruning pruning = Pruning.of(candidates, new Pruning.Wishes(asked, named, kept));
        SortedMap<String, String> back = objections(service, candidates, pruning, locked);
        SortedMap<String, String> told = new TreeMap<>(back);
        while (!back.isEmpty()) {
            kept.addAll(back.keySet());
            pruning = Pruning.of(candidates, new Pruning.Wishes(asked, named, kept));
            back = objections(service, candidates, pruning, locked);
            told.putAll(back);
        }
        if (!pruning.dropped().isEmpty()) {
            sets.prune(service.name(), pruning.dropped());
            new PrunedTable(service.name(), solution, pruning.dropped())
                    .lines(told)
                    .forEach(surroundings.console()::message);
        }
    }

    private SortedMap<String, String> objections(
            RobotService service, List<Candidate> candidates, Pruning pruning, Map<String, LockedPackage> locked)
            throws IOException, InterruptedException {
        if (pruning.dropped().isEmpty()) {
            return new TreeMap<>();
        }
        List<LockedPackage> left = new ArrayList<>();
        List<LockedPackage> went = new ArrayList<>();
        for (Candidate one : candidates) {
            LockedPackage deb = locked.get(one.name());
            if (deb != null) {
                (pruning.dropped().contains(one.name()) ? went : left).add(deb);
            }
        }
        List<Proof.Holder> holders = new ArrayList<>(holders(left));
        holders.add(new Proof.Holder(
                "the base", base.tree().entries().stream().map(Entry::path).toList()));
        List<Proof.Needing> needing = new ArrayList<>(states.needs(left));
        needing.addAll(ownCode(service));
        return Proof.objections(holders, holders(went), needing);
    }

    /** What the workspace's Python code imports; what is odd about its files is the build's to tell. */
    private List<Proof.Needing> ownCode(RobotService service) throws IOException {
        List<RosPackage> packages = robot.workspace().packages().stream()
                .filter(one -> service.packages().contains(one.name()))
                .toList();
        List<Proof.Needing> needing = new ArrayList<>();
        for (Map.Entry<String, SourceTree> one : WorkspaceSources.read(
                        robot, packages, surroundings.store(), new Findings())
                .entrySet()) {
            needing.add(new Proof.Needing("workspace package " + one.getKey(), FileNeeds.of(one.getValue())));
        }
        return needing;
    }

    private List<Proof.Holder> holders(List<LockedPackage> packages) throws IOException, InterruptedException {
        List<Proof.Holder> holders = new ArrayList<>();
        for (DebFacts facts : states.facts(packages)) {
            List<TreePath> files = facts.files().stream().map(FileFact::path).toList();
            holders.add(new Proof.Holder(facts.name(), files));
        }
        return holders;
    }
}
