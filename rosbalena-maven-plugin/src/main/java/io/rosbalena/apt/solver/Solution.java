package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import java.util.List;
import java.util.Optional;

/**
 * Packages that can be installed together.
 *
 * @param packages those to install, each after what it depends on as far as there is no circle
 * @param keptBack installed packages that were to be upgraded and stay, each with the reason
 */
public record Solution(List<Choice> packages, List<String> keptBack) {

    /**
     * One package to install.
     *
     * @param candidate which version from where
     * @param auto whether it comes only because others need it
     * @param why what brought it
     * @param upgrades the installed version that it takes the place of
     */
    public record Choice(Candidate candidate, boolean auto, Why why, Optional<DebianVersion> upgrades) {}

    public Solution {
        packages = List.copyOf(packages);
        keptBack = List.copyOf(keptBack);
    }

    /** The choice for a name. */
    public Optional<Choice> find(String name) {
        return packages.stream()
                .filter(choice -> choice.candidate().name().equals(name))
                .findFirst();
    }

    /** The candidates, in the order of {@link #packages}. */
    public List<Candidate> candidates() {
        return packages.stream().map(Choice::candidate).toList();
    }
}
