package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Ownership;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One package while it is unpacked over a base. */
final class UnpackedPackage {
    private final DebFacts facts;
    private final Optional<InstalledPackage> old;
    private final PathRewrite way;
    private final BaseFiles base;
    private final List<FileFact> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<TreePath, Ownership> ownerships = new HashMap<>();
    private final Set<TreePath> left = new HashSet<>();
    private final Map<TreePath, TreePath> aside = new HashMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final List<String> obsolete = new ArrayList<>();
    private final List<String> statusConffiles = new ArrayList<>();
    private final Map<TreePath, String> oldSums = new HashMap<>();

    UnpackedPackage(
            DebFacts facts, Optional<InstalledPackage> old, PathRewrite way, PathFilters filters, BaseFiles base) {
        this.facts = facts;
        this.old = old;
        this.way = way;
        this.base = base;
        for (FileFact file : facts.files()) {
            if (filters.leavesOut(file)) {
                left.add(place(file));
            } else {
                files.add(file);
                names.add(file.path().absolute());
            }
        }
    }

    DebFacts facts() {
        return facts;
    }

    /** What it replaces. */
    Optional<InstalledPackage> old() {
        return old;
    }

    PathRewrite way() {
        return way;
    }

    TreePath place(FileFact file) {
        return file.kind() == Entry.Kind.DIRECTORY ? way.apply(file.path()) : way.place(file.path());
    }

    /** Those of its files that are unpacked. */
    List<FileFact> files() {
        return files;
    }

    /** Whether the package has a path of this name. */
    boolean has(String name) {
        return names.contains(name);
    }

    boolean isConffile(String name) {
        return facts.conffiles().stream().anyMatch(one -> one.path().equals(name));
    }

    /** A path of the package that stays another package's. */
    void leave(FileFact file) {
        left.add(place(file));
        unlisted.add(file.path().absolute());
    }

    /** A conffile of the earlier version that this one does not ship; it stays. */
    void keepObsolete(String name) {
        obsolete.add(name);
    }

    List<String> obsolete() {
        return obsolete;
    }

    /** A conffile of an earlier version that is this one's by another name. */
    void keepSum(TreePath place, String sum) {
        oldSums.putIfAbsent(place, sum);
    }

    /** What an earlier version shipped at this place, if it was by another name; else empty. */
    String oldSum(TreePath place) {
        return oldSums.getOrDefault(place, "");
    }

    boolean isLeft(TreePath place) {
        return left.contains(place);
    }

    /** What stands there stays, though the file is this package's. */
    void keep(TreePath place) {
        left.add(place);
    }

    /** What stands there stays, and the package's own file stands beside it. */
    void moveAside(TreePath place, TreePath beside) {
        aside.put(place, beside);
        Optional.ofNullable(ownerships.remove(place)).ifPresent(owned -> ownerships.put(beside, owned));
    }

    void noteConffile(String line) {
        statusConffiles.add(line);
    }

    /** Directories that are there stay as they are, even where the package has a link now. */
    void keepDirectories() {
        for (FileFact file : files) {
            TreePath place = place(file);
            Optional<FileFact> there = base.find(place.absolute());
            if (there.isEmpty()) {
                continue;
            }
            if (file.kind() == Entry.Kind.DIRECTORY) {
                if (there.get().kind() == Entry.Kind.DIRECTORY) {
                    keepOwnership(file, there.get(), place);
                }
            } else if (file.kind() == Entry.Kind.SYMLINK && leadsTo(file, there.get(), place)) {
                left.add(place);
            }
        }
    }

    /** Whether a link would stand for the directory that stands there already, by itself or by a link. */
    private boolean leadsTo(FileFact link, FileFact there, TreePath place) {
        if (there.kind() == Entry.Kind.DIRECTORY) {
            return true;
        }
        if (there.kind() != Entry.Kind.SYMLINK) {
            return false;
        }
        String target =
                link.target().startsWith("/") ? link.target() : place.parent().absolute() + "/" + link.target();
        Optional<FileFact> now = base.find(place.absolute() + "/.");
        return now.isPresent()
                && now.get().kind() == Entry.Kind.DIRECTORY
                && base.find(target + "/.").map(FileFact::path).equals(now.map(FileFact::path));
    }

    /** What is there keeps its owner and mode, whatever the package says. */
    void keepOwnership(String path, FileFact there, TreePath place) {
        files.stream()
                .filter(file -> file.path().absolute().equals(path))
                .forEach(file -> keepOwnership(file, there, place));
    }

    private void keepOwnership(FileFact file, FileFact there, TreePath place) {
        if (file.mode() != there.mode() || file.uid() != there.uid() || file.gid() != there.gid()) {
            ownerships.put(place, new Ownership(there.mode(), there.uid(), there.gid()));
        }
    }

    Placement placement() {
        return new Placement(way, ownerships, left, aside, unlisted, obsolete, true);
    }

    List<String> statusConffiles() {
        return statusConffiles;
    }
}
