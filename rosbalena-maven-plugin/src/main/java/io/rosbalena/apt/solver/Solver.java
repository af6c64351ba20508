package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the packages that a request needs, as {@code apt-get install} before apt 3.1.10 does: greedy in apt's order, with
 * fall-through to the next alternative. What it finds is proved afterwards.
 */
public final class Solver {
    private final SolveRequest request;
    private final Selection selection = new Selection();
    private final Alternatives alternatives;
    private final Marking marking;
    private final Roots roots;
    private final Findings findings = new Findings();
    private final List<String> keptBack = new ArrayList<>();

    private Solver(CandidateTable table, SolveRequest request) {
        this.request = request;
        this.alternatives = new Alternatives(table, request.pins(), request.pinsGiveWay());
        this.marking = new Marking(selection, alternatives, request.recommends());
        this.roots = new Roots(table, alternatives, findings);
    }

    /**
     * Solves a request.
     *
     * @throws FindingException with a finding for each root that cannot be installed, with the shortest chain of reasons
     */
    public static Solution solve(CandidateTable table, SolveRequest request) {
        return Deep.call(() -> new Solver(table, request).solve());
    }

    private Solution solve() {
        request.installed().forEach(candidate -> selection.choose(candidate, Why.INSTALLED));
        List<Roots.Root> wanted = roots.of(request);
        List<Roots.Root> chosen = new ArrayList<>();
        for (Roots.Root root : wanted) {
            int mark = selection.mark();
            if (!isThere(root)) {
                if (succeeds(root, marking.root(root.candidate(), root.why()))) {
                    chosen.add(root);
                } else {
                    selection.restore(mark);
                }
            }
        }
        for (Roots.Root root : chosen) {
            int mark = selection.mark();
            if (!succeeds(root, marking.follow(root.candidate(), 0))) {
                selection.restore(mark);
            }
        }
        request.installed().stream()
                .filter(one -> request.upgrades().contains(one.name()))
                .forEach(this::upgrade);
        findings.throwIfErrors();
        prove();
        return solution();
    }

    /** Brings an installed package to the version that comes first, if that is a later one. */
    private void upgrade(Candidate installed) {
        Optional<Candidate> later = alternatives
                .preferred(installed.name())
                .filter(one -> one.version().compareTo(installed.version()) > 0);
        boolean stands = selection
                .find(installed.name())
                .filter(Selection.Chosen::isInstalled)
                .isPresent();
        if (later.isEmpty() || !stands) {
            return;
        }
        int mark = selection.mark();
        Optional<Failure> failure = marking.root(later.get(), Why.UPGRADED).or(() -> marking.follow(later.get(), 0));
        if (failure.isEmpty()) {
            return;
        }
        selection.restore(mark);
        if (request.upgradesGiveWay()) {
            keptBack.add(installed.name() + " stays at " + installed.version() + ": " + Explanation.of(failure.get()));
        } else {
            succeeds(new Roots.Root(later.get(), Why.UPGRADED), failure);
        }
    }

    /** A root of the base that is installed stays as it is, and so does one that was chosen as a root before. */
    private boolean isThere(Roots.Root root) {
        Optional<Selection.Chosen> there = selection.find(root.candidate().name());
        boolean versioned = request.roots()
                .contains(root.candidate().name() + "=" + root.candidate().version());
        return there.isPresent()
                && (there.get().candidate().equals(root.candidate())
                        || (there.get().isInstalled() && !versioned));
    }

    private boolean succeeds(Roots.Root root, Optional<Failure> failure) {
        String name = root.candidate().name();
        failure.ifPresent(
                why -> findings.add(Finding.error("RB231", "cannot install " + name + ": " + Explanation.of(why))
                        .fix("add a source that has what is missing, or do without " + name)
                        .inPackage(name)));
        return failure.isEmpty();
    }

    private void prove() {
        Set<String> known = new HashSet<>(Proof.objections(request.installed()));
        for (String objection : Proof.objections(
                selection.all().stream().map(Selection.Chosen::candidate).toList())) {
            // What was amiss in the base before is not for us to mend.
            if (!known.contains(objection)) {
                findings.add(Finding.error("RB234", "the packages found do not fit together: " + objection)
                        .fix("name the versions that fit, each as name=version"));
            }
        }
        findings.throwIfErrors();
    }

    private Solution solution() {
        List<Solution.Choice> packages = new ArrayList<>();
        for (Selection.Chosen choice : UnpackOrder.of(selection)) {
            if (!choice.isInstalled()) {
                Candidate candidate = choice.candidate();
                packages.add(new Solution.Choice(
                        candidate,
                        choice.why().by().isPresent(),
                        choice.why(),
                        request.installed().stream()
                                .filter(installed -> installed.name().equals(candidate.name()))
                                .map(Candidate::version)
                                .findFirst()));
            }
        }
        return new Solution(packages, keptBack);
    }
}
