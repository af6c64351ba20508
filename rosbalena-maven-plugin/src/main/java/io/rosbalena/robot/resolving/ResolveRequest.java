package io.rosbalena.robot.resolving;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What somebody wants to see of a robot.
 *
 * @param format in which form
 * @param why a package, key or package of the workspace whose chains are wanted in place of everything
 * @param sets the services to show, and {@code +build} for the build root; empty for all
 */
public record ResolveRequest(ResolveFormat format, Optional<String> why, List<String> sets) {

    /**
     * A request in a form that exists.
     *
     * @throws FindingException RB734 for the chains to a package as a list for apt
     */
    public ResolveRequest {
        sets = List.copyOf(sets);
        if (why.isPresent() && format == ResolveFormat.APT) {
            throw FindingException.input(
                    Finding.error("RB734", "the chains to a package cannot be shown in the format apt")
                            .at("pom.xml")
                            .fix("with -Drosbalena.why use -Drosbalena.resolve.format=tree or json"));
        }
    }

    /** Whether a service or the build root is wanted. */
    boolean wants(String set) {
        return sets.isEmpty() || sets.contains(set);
    }

    /**
     * Whether totals are enough of the build root. It asks for most keys of the workspace: in the tree, people who did
     * not ask for it would look for their services among thousands of its lines.
     */
    boolean onlyTotalsOfBuildRoot() {
        return format == ResolveFormat.TREE && why.isEmpty() && sets.isEmpty();
    }

    /**
     * Compares the request with what there is.
     *
     * @throws FindingException RB728 if there is no service of a name
     */
    void check(Robot robot) {
        TreeSet<String> known = new TreeSet<>();
        robot.services().stream().map(RobotService::name).forEach(known::add);
        known.add(LockedPlatform.BUILD);
        for (String set : sets) {
            if (!known.contains(set)) {
                throw FindingException.input(
                        Finding.error("RB728", "there is no service " + set + " with packages of its own")
                                .fix("choose from: " + String.join(", ", known)));
            }
        }
    }
}
