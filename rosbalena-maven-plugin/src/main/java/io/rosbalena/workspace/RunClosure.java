package io.rosbalena.workspace;

import io.rosbalena.finding.FindingException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;

/**
 * What some packages need to run: packages of the workspace, through their dependencies and groups, and rosdep keys. A
 * name that is both a package of the workspace and a key is the package.
 *
 * @param packages the own packages and those that they need, sorted
 * @param keys each key with everything that asks for it, nearest first
 */
public record RunClosure(NavigableSet<String> packages, NavigableMap<String, List<KeyOrigin>> keys) {
    public RunClosure {
        packages = Collections.unmodifiableNavigableSet(packages);
        keys = Collections.unmodifiableNavigableMap(keys);
    }

    /**
     * The closure of some packages of a workspace.
     *
     * @throws FindingException if one of them is not in the workspace
     */
    public static RunClosure of(Workspace workspace, Collection<String> ownPackages, DependencyTypes types) {
        Reach reach = Reach.of(workspace, ownPackages, one -> workspace.needs(one, types.kinds()));
        return new RunClosure(reach.names(), reach.keys(one -> types.kinds()));
    }
}
