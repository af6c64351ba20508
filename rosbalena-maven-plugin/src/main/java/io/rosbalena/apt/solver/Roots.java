package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the candidates for what was asked for. */
final class Roots {
    private final CandidateTable table;
    private final Alternatives alternatives;
    private final Findings findings;

    Roots(CandidateTable table, Alternatives alternatives, Findings findings) {
        this.table = table;
        this.alternatives = alternatives;
        this.findings = findings;
    }

    /** A candidate that was asked for, and why. */
    record Root(Candidate candidate, Why why) {}

    /** The roots of a request: first those of every base, then the ones asked for, in their order. */
    List<Root> of(SolveRequest request) {
        List<Root> roots = new ArrayList<>();
        // A version that somebody asks for must be known before the base is chosen.
        List<Optional<Candidate>> asked =
                request.roots().stream().map(this::find).toList();
        List<String> base = switch (request.base()) {
            case NONE -> List.of();
            case ESSENTIAL -> table.essential();
            case REQUIRED -> table.required();
        };
        for (String name : base) {
            find(name).ifPresent(candidate -> roots.add(new Root(candidate, Why.BASE)));
        }
        asked.stream()
                .flatMap(Optional::stream)
                .map(candidate -> new Root(candidate, Why.REQUESTED))
                .forEach(roots::add);
        return roots;
    }

    private Optional<Candidate> find(String root) {
        String[] parts = root.split("=", 2);
        String name = parts[0];
        if (parts.length == 2) {
            return version(name, parts[1]);
        }
        Optional<Candidate> preferred = alternatives.preferred(name);
        if (preferred.isPresent()) {
            return preferred;
        }
        List<Candidate> known = table.versions(name);
        if (!known.isEmpty()) {
            findings.add(Finding.error(
                            "RB233",
                            "the lock fixes a version of " + name + " that the archives no longer have; they have "
                                    + Explanation.versions(known))
                    .fix("run mvn rosbalena:lock, which takes the version that is there now, and commit the lock")
                    .inPackage(name));
            return Optional.empty();
        }
        List<String> providers =
                table.providers(name).stream().map(Candidate::name).distinct().toList();
        if (providers.size() == 1) {
            return alternatives.preferred(providers.get(0));
        }
        findings.add(providers.isEmpty() ? unknown(name) : ambiguous(name, providers));
        return Optional.empty();
    }

    private Optional<Candidate> version(String name, String version) {
        DebianVersion wanted;
        try {
            wanted = new DebianVersion(version);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.error("RB232", "cannot install " + name + ": " + e.getMessage())
                    .fix("write name=version, see deb-version(7)")
                    .inPackage(name));
            return Optional.empty();
        }
        Optional<Candidate> found = table.version(name, wanted);
        if (found.isEmpty()) {
            List<Candidate> known = table.versions(name);
            findings.add(
                    known.isEmpty()
                            ? unknown(name)
                            : Finding.error(
                                            "RB232",
                                            "no archive has " + name + " " + wanted + "; they have "
                                                    + Explanation.versions(known))
                                    .fix("ask for one of these, or add a source that has it")
                                    .inPackage(name));
        }
        found.ifPresent(candidate -> alternatives.ask(name, wanted));
        return found;
    }

    private Finding unknown(String name) {
        return Finding.error("RB230", "no archive has the package " + name + " for " + table.architecture())
                .fix("check the name, or add a source that has it to <aptSources>")
                .inPackage(name);
    }

    private static Finding ambiguous(String name, List<String> providers) {
        return Finding.error("RB232", name + " is a virtual package, provided by " + String.join(", ", providers))
                .fix("name one of them")
                .inPackage(name);
    }
}
