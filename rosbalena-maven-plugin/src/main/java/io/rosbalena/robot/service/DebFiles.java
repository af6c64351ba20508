package io.rosbalena.robot.service;

import io.rosbalena.apt.deb.Documentation;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FileFact;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.deb.DebParts;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The files of a Debian package in an image, by its facts: the package is opened only for who reads one of them.
 *
 * @param entries sorted by path
 */
record DebFiles(List<Entry> entries) implements FileTree {
    DebFiles {
        entries = List.copyOf(entries);
    }

    /**
     * The files of a package.
     *
     * @param placement how it is laid out
     * @param kinds gets what is known of its libraries
     */
    static DebFiles of(
            LockedPackage one, DebFacts facts, Placement placement, DebParts debs, Map<TreePath, Integer> kinds) {
        List<Entry> entries = new ArrayList<>();
        for (FileFact file : facts.files()) {
            TreePath place = place(file.path(), file.kind(), placement);
            boolean laidOut = (placement.documented() || !Documentation.holds(file.path()))
                    && !placement.left().contains(place);
            if (laidOut) {
                entries.add(entry(file, placement.aside().getOrDefault(place, place), placement, one, debs));
            }
        }
        facts.libraries().forEach(library -> kinds.put(placement.rewrite().place(library.path()), library.flags()));
        entries.sort(Comparator.comparing(Entry::path));
        return new DebFiles(entries);
    }

    private static TreePath place(TreePath path, Entry.Kind kind, Placement placement) {
        return kind == Entry.Kind.DIRECTORY
                ? placement.rewrite().apply(path)
                : placement.rewrite().place(path);
    }

    private static Entry entry(FileFact file, TreePath place, Placement placement, LockedPackage one, DebParts debs) {
        String target = file.kind() == Entry.Kind.HARDLINK
                ? placement.rewrite().place(new TreePath(file.target())).text()
                : file.target();
        Content content = file.kind() == Entry.Kind.FILE
                ? Content.known("deb " + one.sha256() + " " + file.path(), () -> read(one, place, debs))
                : Content.EMPTY;
        return new Entry(
                place, file.kind(), file.mode(), file.uid(), file.gid(), Entry.EPOCH, target, file.size(), content);
    }

    private static InputStream read(LockedPackage one, TreePath place, DebParts debs) throws IOException {
        try (FileTree opened = debs.open(one)) {
            for (Entry entry : opened.entries()) {
                if (entry.path().equals(place) && entry.isFile()) {
                    return new ByteArrayInputStream(entry.content().bytes());
                }
            }
        }
        throw new IOException(one.name() + " has no file " + place);
    }
}
