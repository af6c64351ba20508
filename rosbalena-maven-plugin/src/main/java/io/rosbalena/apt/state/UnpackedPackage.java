package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Md5;
import io.rosbalena.apt.deb.Ownership;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One package while it is unpacked over a base. */
final class UnpackedPackage {
    /** What dpkg writes where a conffile has no sum yet. */
    private static final String NEW = "newconffile";

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

    /** A conffile of an earlier version that is this one's by another name. */
    void keepSum(TreePath place, String sum) {
        oldSums.putIfAbsent(place, sum);
    }

    /** Directories that are there stay as they are, even where the package has a link now. */
    void keepDirectories() throws IOException {
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
    private boolean leadsTo(FileFact link, FileFact there, TreePath place) throws IOException {
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

    private void keepOwnership(FileFact file, FileFact there, TreePath place) {
        if (file.mode() != there.mode() || file.uid() != there.uid() || file.gid() != there.gid()) {
            ownerships.put(place, new Ownership(there.mode(), there.uid(), there.gid()));
        }
    }

    /**
     * Decides on each conffile as dpkg does with {@code --force-confold}: one that was changed in the base stays, and the
     * package's own stands beside it if that is a new one, too.
     *
     * @return files to add beside those of the package
     */
    List<Entry> keepConffiles(Unpacking unpacking) throws IOException {
        List<Entry> saved = new ArrayList<>();
        for (ConffileFact conffile : facts.conffiles()) {
            TreePath place = way.place(TreePath.parse(conffile.path()));
            Optional<FileFact> itself = base.find(place.absolute());
            boolean link = itself.isPresent() && itself.get().kind() == Entry.Kind.SYMLINK;
            Optional<FileFact> there = link ? followed(place) : itself;
            String before = sum(conffile.path(), place, unpacking);
            String now = there.isPresent() ? sum(there.get()) : "";
            if (conffile.removeOnUpgrade()) {
                saved.addAll(remove(there, now, before, unpacking));
                statusConffiles.add(conffile.path() + " " + before + " remove-on-upgrade");
                continue;
            }
            if (!has(conffile.path())) {
                statusConffiles.add(conffile.path() + " " + before);
                continue;
            }
            if (link && !conffile.md5().equals(NEW)) {
                // dpkg unpacks beside the link, and later looks for it where the link leads.
                statusConffiles.add(conffile.path() + " " + before);
                moveAside(conffile, place, ".dpkg-new", unpacking);
                continue;
            }
            statusConffiles.add(conffile.path() + " " + conffile.md5());
            if (conffile.md5().equals(NEW) || left.contains(place)) {
                continue;
            }
            for (FileFact file : facts.files()) {
                if (there.isPresent() && way.place(file.path()).equals(place)) {
                    keepOwnership(file, there.get(), place);
                }
            }
            keep(conffile, place, before, now, unpacking);
        }
        for (String name : obsolete) {
            statusConffiles.add(name + " " + sum(name, way.place(TreePath.parse(name)), unpacking) + " obsolete");
        }
        return saved;
    }

    private void keep(ConffileFact conffile, TreePath place, String before, String now, Unpacking unpacking) {
        boolean edited = before.equals(NEW) ? !now.isEmpty() : !now.equals(before);
        boolean changed = !conffile.md5().equals(before);
        if (!edited || now.equals(conffile.md5())) {
            return;
        }
        if (!changed) {
            left.add(place);
            return;
        }
        moveAside(conffile, place, ".dpkg-dist", unpacking);
    }

    private void moveAside(ConffileFact conffile, TreePath place, String suffix, Unpacking unpacking) {
        TreePath beside = place.parent().resolve(place.name() + suffix);
        aside.put(place, beside);
        Optional.ofNullable(ownerships.remove(place)).ifPresent(owned -> ownerships.put(beside, owned));
        unpacking.report(Finding.warning(
                        "RB266",
                        "the base has its own " + conffile.path() + ", which stays; that of " + facts.name() + " "
                                + facts.version() + " stands beside it as " + beside.absolute())
                .inPackage(facts.name())
                .fix("put the file that you want into the image by x-rosbalena.files"));
    }

    private List<Entry> remove(Optional<FileFact> there, String now, String before, Unpacking unpacking)
            throws IOException {
        if (there.isEmpty() || unpacking.shipped().containsKey(there.get().path())) {
            return List.of();
        }
        FileFact file = there.get();
        unpacking.removed().add(file.path());
        if (now.equals(before)) {
            return List.of();
        }
        byte[] bytes = base.read(file.path().absolute()).orElse(new byte[0]);
        return List.of(Entry.file(file.path().parent().resolve(file.path().name() + ".dpkg-old"), file.mode(), bytes)
                .withOwner(file.uid(), file.gid()));
    }

    /** What the base's version of a conffile was shipped with. */
    private String sum(String name, TreePath place, Unpacking unpacking) throws IOException {
        String found = old.map(one -> one.conffiles().getOrDefault(name, "")).orElse("");
        if (found.isEmpty()) {
            found = oldSums.getOrDefault(place, "");
        }
        if (found.isEmpty()) {
            for (InstalledPackage other : unpacking.installed().owners(name)) {
                found = found.isEmpty() ? other.conffiles().getOrDefault(name, "") : found;
            }
        }
        return found.isEmpty() ? NEW : found;
    }

    private String sum(FileFact file) throws IOException {
        Optional<byte[]> bytes = base.read(file.path().absolute());
        return bytes.isPresent() ? Md5.of(Content.of(bytes.get())) : "";
    }

    private Optional<FileFact> followed(TreePath place) throws IOException {
        Optional<FileFact> there = base.find(place.absolute());
        for (int links = 0; there.isPresent() && there.get().kind() == Entry.Kind.SYMLINK; links++) {
            if (links > 25) {
                return Optional.empty();
            }
            String target = there.get().target();
            there = base.find(
                    target.startsWith("/")
                            ? target
                            : there.get().path().parent().absolute() + "/" + target);
        }
        return there;
    }

    Placement placement() {
        return new Placement(way, ownerships, left, aside, unlisted, obsolete);
    }

    List<String> statusConffiles() {
        return statusConffiles;
    }
}
