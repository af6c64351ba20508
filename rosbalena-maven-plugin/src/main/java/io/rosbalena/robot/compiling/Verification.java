package io.rosbalena.robot.compiling;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.workspace.RosPackage;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which packages are compiled twice, to see whether they come out the same: what the parameter {@code verifyReproducible}
 * asks for.
 *
 * @param packages their names, sorted
 */
public record Verification(SortedSet<String> packages) {
    private static final List<String> ALL = List.of("true");
    private static final List<String> NONE = List.of("false");

    public Verification {
        packages = Collections.unmodifiableSortedSet(new TreeSet<>(packages));
    }

    /**
     * What is asked for.
     *
     * @param needs what is compiled
     * @param findings gets RB417 where nothing could be compared
     */
    public static Verification of(Robot robot, BuildNeeds needs, Findings findings) {
        List<String> asked = robot.project().build().verifyReproducible();
        if (asked.isEmpty() || asked.equals(NONE)) {
            return new Verification(new TreeSet<>());
        }
        if (!robot.engine().isHermetic()) {
            findings.add(Finding.error(
                            "RB417",
                            "verifyReproducible compares two compiles in the locked build root, and the engine "
                                    + robot.engine().word() + " has none")
                    .at("pom.xml")
                    .fix("build with the engine root or container, or without -Drosbalena.verifyReproducible"));
        }
        SortedSet<String> compiled = new TreeSet<>();
        needs.packages().stream().map(RosPackage::name).forEach(compiled::add);
        if (asked.equals(ALL)) {
            return new Verification(compiled);
        }
        for (String name : asked) {
            if (!compiled.contains(name)) {
                findings.add(Finding.error(
                                "RB417", "verifyReproducible names " + name + ", which is not compiled for this robot")
                        .at("pom.xml")
                        .fix(
                                compiled.isEmpty()
                                        ? "no service has packages of the workspace: leave the parameter out"
                                        : "write true, or some of: " + String.join(", ", compiled)));
            }
        }
        return new Verification(new TreeSet<>(asked));
    }

    /** Whether anything is compiled twice. */
    public boolean isWanted() {
        return !packages.isEmpty();
    }
}
