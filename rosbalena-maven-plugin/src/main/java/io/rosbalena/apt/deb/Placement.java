package io.rosbalena.apt.deb;

import io.rosbalena.tree.TreePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one package is laid out on what stands there already.
 *
 * @param rewrite where its paths really stand
 * @param ownerships owners and modes that differ from the package's own, by the path in the root
 * @param left paths in the root that stay as they are: what the package has for them is not laid out
 * @param aside files that stand at another path in the root than at their own
 * @param unlisted paths, as the package names them, that are not the package's by dpkg's account
 * @param listed further paths that are, behind those of the package
 * @param documented whether its documentation is laid out; without it, dpkg's account has none either
 */
public record Placement(
        PathRewrite rewrite,
        Map<TreePath, Ownership> ownerships,
        Set<TreePath> left,
        Map<TreePath, TreePath> aside,
        Set<String> unlisted,
        List<String> listed,
        boolean documented) {

    public Placement {
        ownerships = Map.copyOf(ownerships);
        left = Set.copyOf(left);
        aside = Map.copyOf(aside);
        unlisted = Set.copyOf(unlisted);
        listed = List.copyOf(listed);
    }

    /** On nothing. */
    public static Placement at(PathRewrite rewrite) {
        return new Placement(rewrite, Map.of(), Set.of(), Map.of(), Set.of(), List.of(), true);
    }

    /** The same with these owners and modes, which go before those that it has. */
    public Placement with(Map<TreePath, Ownership> more) {
        Map<TreePath, Ownership> all = new HashMap<>(ownerships);
        all.putAll(more);
        return new Placement(rewrite, all, left, aside, unlisted, listed, documented);
    }

    /** The same without what is {@link Documentation}. */
    public Placement withoutDocumentation() {
        return new Placement(rewrite, ownerships, left, aside, unlisted, listed, false);
    }

    /** Whether what the package has at one of its own paths is left out as documentation. */
    boolean leavesOut(TreePath path) {
        return !documented && Documentation.holds(path);
    }

    /** All of it but {@link #rewrite} in words: the same for the same layout. */
    public String description() {
        SortedMap<TreePath, Ownership> owned = new TreeMap<>(ownerships);
        SortedSet<TreePath> same = new TreeSet<>(left);
        SortedMap<TreePath, TreePath> moved = new TreeMap<>(aside);
        return String.join("\n", owned.toString(), same.toString(), moved.toString()) + "\n" + new TreeSet<>(unlisted)
                + "\n" + listed + (documented ? "" : "\nwithout documentation");
    }
}
