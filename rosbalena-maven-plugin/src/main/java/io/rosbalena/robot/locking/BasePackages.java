package io.rosbalena.robot.locking;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.solver.Solution;
import io.rosbalena.apt.solver.SolveRequest;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.UpgradeBase;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The packages that a platform begins with, and which of them may become later ones.
 *
 * @param assembled whether there are none yet: the base is put together from packages
 * @param installed those of a ready-made base
 * @param held names of those that are to stay at their version
 * @param wanted which are to be upgraded
 */
record BasePackages(boolean assembled, List<Candidate> installed, Set<String> held, UpgradeBase wanted) {
    BasePackages {
        installed = List.copyOf(installed);
        held = Set.copyOf(held);
    }

    static BasePackages of(Base base, UpgradeBase wanted) throws IOException {
        return new BasePackages(base.isAssembled(), base.installed(), base.held(), wanted);
    }

    /** A request that begins with these packages. */
    SolveRequest request() {
        Set<String> upgrades = new TreeSet<>(wanted.names());
        if (wanted.all()) {
            installed.stream().map(Candidate::name).forEach(upgrades::add);
            upgrades.removeAll(held);
        }
        return SolveRequest.of(List.of())
                .withBase(assembled ? SolveRequest.Base.ESSENTIAL : SolveRequest.Base.NONE)
                .withInstalled(installed)
                .withUpgrades(upgrades, wanted.all());
    }

    /** Names to upgrade that the base does not have; one that is assembled is always as new as can be. */
    void checkNames(Findings findings) {
        Set<String> known = installed.stream().map(Candidate::name).collect(Collectors.toSet());
        for (String name : wanted.names()) {
            if (!assembled && !known.contains(name)) {
                findings.add(Finding.error("RB267", "upgradeBase names " + name + ", which the base does not have")
                        .at("pom.xml")
                        .fix("correct <upgradeBase>; what a service needs besides stands in x-rosbalena.apt"));
            }
        }
    }

    /** What a solution does to packages of the base that it should not, or does not where it should. */
    void check(Solution solution, Findings findings, Findings notes) {
        for (Solution.Choice choice : solution.packages()) {
            String name = choice.candidate().name();
            if (held.contains(name) && !wanted.names().contains(name)) {
                findings.add(Finding.error(
                                "RB268",
                                name + " is on hold in the base, and "
                                        + choice.candidate().version() + " of it is needed by " + choice.why())
                        .inPackage(name)
                        .fix("ask for versions that go with that of the base, or allow it by <upgradeBase>" + name
                                + "</upgradeBase>"));
            }
        }
        for (String kept : solution.keptBack()) {
            Finding note = Finding.warning("RB269", kept)
                    .fix("name the packages that are to be later ones in <upgradeBase> to have this as an error");
            if (!notes.all().contains(note)) {
                notes.add(note);
            }
        }
    }
}
