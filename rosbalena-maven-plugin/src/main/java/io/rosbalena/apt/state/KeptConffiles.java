package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Md5;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of the conffiles of a package where a base has files for them. */
final class KeptConffiles {
    /** What dpkg writes where a conffile has no sum yet. */
    private static final String NEW = "newconffile";

    /** As many links as dpkg follows. */
    private static final int MOST_LINKS = 25;

    private final UnpackedPackage one;
    private final Unpacking unpacking;
    private final BaseFiles base;

    KeptConffiles(UnpackedPackage one, Unpacking unpacking) {
        this.one = one;
        this.unpacking = unpacking;
        this.base = unpacking.input().base();
    }

    /**
     * Decides on each conffile as dpkg does with {@code --force-confold}: one that was changed in the base stays, and the
     * package's own stands beside it if that is a new one, too.
     *
     * @return files to add beside those of the package
     */
    List<Entry> keep() throws IOException {
        List<Entry> saved = new ArrayList<>();
        for (ConffileFact conffile : one.facts().conffiles()) {
            TreePath place = one.way().place(TreePath.parse(conffile.path()));
            Optional<FileFact> itself = base.find(place.absolute());
            boolean link = itself.isPresent() && itself.get().kind() == Entry.Kind.SYMLINK;
            Optional<FileFact> there = link ? followed(place) : itself;
            String before = sum(conffile.path(), place);
            String now = there.isPresent() ? sum(there.get()) : "";
            if (conffile.removeOnUpgrade()) {
                saved.addAll(remove(there, now, before));
                one.noteConffile(conffile.path() + " " + before + " remove-on-upgrade");
                continue;
            }
            if (!one.has(conffile.path())) {
                one.noteConffile(conffile.path() + " " + before);
                continue;
            }
            if (link && !conffile.md5().equals(NEW)) {
                // dpkg unpacks beside the link, and later looks for it where the link leads.
                one.noteConffile(conffile.path() + " " + before);
                moveAside(conffile, place, ".dpkg-new");
                continue;
            }
            one.noteConffile(conffile.path() + " " + conffile.md5());
            if (conffile.md5().equals(NEW) || one.isLeft(place)) {
                continue;
            }
            if (there.isPresent()) {
                one.keepOwnership(conffile.path(), there.get(), place);
            }
            keep(conffile, place, before, now);
        }
        for (String name : one.obsolete()) {
            one.noteConffile(name + " " + sum(name, one.way().place(TreePath.parse(name))) + " obsolete");
        }
        return saved;
    }

    private void keep(ConffileFact conffile, TreePath place, String before, String now) {
        boolean edited = before.equals(NEW) ? !now.isEmpty() : !now.equals(before);
        boolean changed = !conffile.md5().equals(before);
        if (!edited || now.equals(conffile.md5())) {
            return;
        }
        if (!changed) {
            one.keep(place);
            return;
        }
        moveAside(conffile, place, ".dpkg-dist");
    }

    private void moveAside(ConffileFact conffile, TreePath place, String suffix) {
        TreePath beside = place.parent().resolve(place.name() + suffix);
        one.moveAside(place, beside);
        unpacking.report(Finding.warning(
                        "RB266",
                        "the base has its own " + conffile.path() + ", which stays; that of "
                                + one.facts().name() + " " + one.facts().version() + " stands beside it as "
                                + beside.absolute())
                .inPackage(one.facts().name())
                .fix("put the file that you want into the image by x-rosbalena.files"));
    }

    private List<Entry> remove(Optional<FileFact> there, String now, String before) throws IOException {
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
    private String sum(String name, TreePath place) throws IOException {
        String found = one.old()
                .map(before -> before.conffiles().getOrDefault(name, ""))
                .orElse("");
        if (found.isEmpty()) {
            found = one.oldSum(place);
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
            if (links > MOST_LINKS) {
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
}
