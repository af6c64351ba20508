package io.rosbalena.wheel.resolve;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.VersionSpecifiers;
import io.rosbalena.wheel.index.IndexFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses one version of each project so that every requirement holds: as pip, the newest that answers, projects decided
 * one after the other. Where one cannot be decided, the last decision that could help is taken back (conflict-directed
 * backjumping).
 */
public final class WheelSolver {
    /** A robot's wheels are some dozens; more decisions than this mean that versions are tried without end. */
    private static final int DECISIONS = 5_000;

    private final WheelRequest request;
    private final WheelOffers offers;
    private final PythonVersion python;
    private final Map<String, Candidates> known = new HashMap<>();
    private Optional<Finding> firstFailure = Optional.empty();
    private int decisions;

    private WheelSolver(WheelRequest request, WheelOffers offers) {
        this.request = request;
        this.offers = offers;
        this.python =
                PythonVersion.parse(request.environment().pythonFullVersion()).orElseThrow();
    }

    /**
     * The wheels for a request.
     *
     * @throws FindingException RB281 to RB283 with every wish that cannot be had, or with the first conflict that was met
     *     if there is no choice at all
     */
    public static WheelChoice solve(WheelRequest request, WheelOffers offers) throws IOException, InterruptedException {
        return new WheelSolver(request, offers).solve();
    }

    private WheelChoice solve() throws IOException, InterruptedException {
        Partial start = new Partial();
        for (WheelRequest.Wish wish : request.wishes()) {
            if (wish.requirement().applies(request.environment(), Set.of())) {
                start.demand(Demand.of(wish));
            }
        }
        refuseUnknown(start);
        SortedSet<String> blame = new TreeSet<>();
        Optional<Partial> solution = decide(start, blame);
        return choice(solution.orElseThrow(() -> FindingException.input(firstFailure.orElseThrow())));
    }

    /** Everything that is wrong with the wishes themselves is told at once. */
    private void refuseUnknown(Partial start) throws IOException, InterruptedException {
        Findings findings = new Findings();
        for (WheelRequest.Wish wish : request.wishes()) {
            String project = wish.requirement().name();
            if (!start.demands(project).isEmpty() && options(start, project).isEmpty()) {
                findings.add(failure(start, project));
            }
        }
        findings.throwIfErrors();
    }

    /** @param blame gets the projects whose decision keeps this one from succeeding */
    private Optional<Partial> decide(Partial partial, SortedSet<String> blame)
            throws IOException, InterruptedException {
        Optional<String> open = partial.open();
        if (open.isEmpty()) {
            return Optional.of(partial);
        }
        String project = open.get();
        if (++decisions > DECISIONS) {
            throw FindingException.input(
                    Finding.error(
                                    "RB283",
                                    "no choice of Python wheels was found in " + DECISIONS + " decisions"
                                            + firstFailure
                                                    .map(first -> "; the first conflict was: " + first.message())
                                                    .orElse(""))
                            .fix(
                                    "pin some of the projects in the rules of their keys in rosdep/overlay.yaml, as NAME==VERSION"));
        }
        SortedSet<String> reasons = new TreeSet<>();
        partial.demands(project).forEach(demand -> demand.by().ifPresent(reasons::add));
        List<Option> options = options(partial, project);
        if (options.isEmpty()) {
            fail(failure(partial, project));
        }
        for (Option option : options) {
            if (!admitsPython(option)) {
                fail(Failures.python(partial.demands(project).get(0), option.version(), request.environment()));
                continue;
            }
            Partial next = partial.copy();
            SortedSet<String> conflict = new TreeSet<>();
            next.decide(project, option.version(), option.file());
            if (!demandAll(next, needs(next, project, Optional.empty()), conflict)) {
                conflict.remove(project);
                reasons.addAll(conflict);
                continue;
            }
            Optional<Partial> solved = decide(next, conflict);
            if (solved.isPresent()) {
                return solved;
            }
            if (!conflict.remove(project)) {
                // Whatever is chosen here, the same would fail below.
                blame.addAll(conflict);
                return Optional.empty();
            }
            reasons.addAll(conflict);
        }
        blame.addAll(reasons);
        return Optional.empty();
    }

    /** One way to have a project: a file, or what is there without one. */
    private record Option(PythonVersion version, Optional<IndexFile> file) {}

    private List<Option> options(Partial partial, String project) throws IOException, InterruptedException {
        VersionSpecifiers specifiers = partial.specifiers(project);
        Optional<PythonVersion> there = Optional.ofNullable(request.provided().get(project));
        if (there.isPresent() && specifiers.contains(there.get(), true)) {
            return List.of(new Option(there.get(), Optional.empty()));
        }
        return candidates(project)
                .matching(specifiers, Optional.ofNullable(request.preferred().get(project)))
                .stream()
                .map(file -> new Option(file.version(), Optional.of(file)))
                .toList();
    }

    /** Some indexes do not tell which Python a file is for; then its own metadata do. */
    private boolean admitsPython(Option option) throws IOException, InterruptedException {
        if (option.file().isEmpty()) {
            return true;
        }
        return offers.metadata(option.file().get())
                .requiresPython()
                .flatMap(VersionSpecifiers::parse)
                .map(specifiers -> specifiers.contains(python, true))
                .orElse(true);
    }

    private Candidates candidates(String project) throws IOException, InterruptedException {
        Candidates candidates = known.get(project);
        if (candidates == null) {
            candidates = Candidates.of(offers.files(project), request.tags(), python);
            known.put(project, candidates);
        }
        return candidates;
    }

    /**
     * What a project's wheel needs.
     *
     * @param before the extras for which that is demanded already; empty if nothing is
     */
    private List<Demand> needs(Partial partial, String project, Optional<Set<String>> before)
            throws IOException, InterruptedException {
        Optional<IndexFile> file = partial.file(project);
        if (file.isEmpty()) {
            return List.of();
        }
        SortedSet<String> extras = partial.extras(project);
        WheelRequest.Wish wish = partial.demands(project).get(0).wish();
        String asker = project + " " + file.get().version();
        List<Demand> needs = new ArrayList<>();
        for (String text : offers.metadata(file.get()).requiresDist()) {
            Optional<Requirement> requirement = Requirement.parse(text);
            if (requirement.isEmpty()) {
                throw FindingException.input(Finding.error(
                                "RB284",
                                "the metadata of " + file.get().filename() + " asks for something that cannot be read: "
                                        + text)
                        .at(wish.file(), wish.line())
                        .fix("take another version: pin it in the rule of the key, as NAME==VERSION"));
            }
            boolean applies = requirement.get().applies(request.environment(), extras);
            boolean demanded = before.isPresent() && requirement.get().applies(request.environment(), before.get());
            if (applies && !demanded) {
                needs.add(new Demand(requirement.get(), Optional.of(project), wish, asker));
            }
        }
        return needs;
    }

    /**
     * Adds demands; with new extras of a decided project, those that follow.
     *
     * @param conflict gets the decided projects that a demand does not admit
     * @return whether all can still hold
     */
    private boolean demandAll(Partial partial, List<Demand> demands, SortedSet<String> conflict)
            throws IOException, InterruptedException {
        Deque<Demand> open = new ArrayDeque<>(demands);
        while (!open.isEmpty()) {
            Demand demand = open.remove();
            String project = demand.project();
            Optional<PythonVersion> decided = partial.version(project);
            if (demand.requirement().url().isPresent()) {
                fail(Failures.address(demand));
                return false;
            }
            if (decided.isPresent() && !demand.requirement().specifiers().contains(decided.get(), true)) {
                fail(Failures.conflict(demand, decided.get(), partial.demands(project)));
                conflict.add(project);
                return false;
            }
            Set<String> extras = partial.extras(project);
            partial.demand(demand);
            if (decided.isPresent() && !partial.extras(project).equals(extras)) {
                open.addAll(needs(partial, project, Optional.of(extras)));
            }
        }
        return true;
    }

    private Finding failure(Partial partial, String project) throws IOException, InterruptedException {
        return Failures.nothing(
                project,
                partial.demands(project),
                candidates(project),
                Optional.ofNullable(request.provided().get(project)),
                request.environment(),
                offers.searched(project));
    }

    private void fail(Finding failure) {
        firstFailure = firstFailure.or(() -> Optional.of(failure));
    }

    private WheelChoice choice(Partial solution) {
        SortedMap<String, List<String>> needs = new TreeMap<>();
        SortedMap<String, PythonVersion> hidden = new TreeMap<>();
        for (String project : solution.files().keySet()) {
            needs.put(project, new ArrayList<>());
            Optional.ofNullable(request.provided().get(project)).ifPresent(there -> hidden.put(project, there));
        }
        for (String project : solution.files().keySet()) {
            for (Demand demand : solution.demands(project)) {
                demand.by()
                        .ifPresent(by -> needs.computeIfAbsent(by, any -> new ArrayList<>())
                                .add(project));
            }
        }
        needs.replaceAll((project, names) -> names.stream().sorted().distinct().toList());
        return new WheelChoice(new TreeMap<>(solution.files()), needs, hidden);
    }
}
