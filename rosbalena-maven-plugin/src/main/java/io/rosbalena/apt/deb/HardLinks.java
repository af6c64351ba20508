package io.rosbalena.apt.deb;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the content of hard-linked files at the first of their paths, so that a sorted tree can be read in one go. */
final class HardLinks {
    private HardLinks() {}

    /**
     * The same files, sorted; of those that are linked together the first holds the content and the others link to it.
     *
     * @throws MalformedArchiveException if a link leads to no file among the entries
     */
    static List<Entry> normalise(Collection<Entry> entries) throws MalformedArchiveException {
        if (entries.stream().noneMatch(entry -> entry.kind() == Entry.Kind.HARDLINK)) {
            return entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
        }
        Map<TreePath, Entry> byPath = new TreeMap<>();
        for (Entry entry : entries) {
            byPath.put(entry.path(), entry);
        }
        Map<TreePath, TreePath> first = new TreeMap<>();
        for (Entry entry : byPath.values()) {
            if (entry.kind() == Entry.Kind.HARDLINK) {
                TreePath file = file(entry, byPath);
                TreePath link = entry.path();
                TreePath earliest = link.compareTo(file) < 0 ? link : file;
                first.merge(file, earliest, (a, b) -> a.compareTo(b) < 0 ? a : b);
            }
        }
        List<Entry> sorted = new ArrayList<>(byPath.size());
        for (Entry entry : byPath.values()) {
            TreePath file = entry.kind() == Entry.Kind.HARDLINK ? file(entry, byPath) : entry.path();
            TreePath holder = first.get(file);
            if (holder == null) {
                sorted.add(entry);
            } else if (holder.equals(entry.path())) {
                sorted.add(at(byPath, file).at(holder));
            } else {
                sorted.add(link(at(byPath, file), entry.path(), holder));
            }
        }
        return sorted;
    }

    private static TreePath file(Entry link, Map<TreePath, Entry> byPath) throws MalformedArchiveException {
        Entry found = link;
        for (int hops = 0; found.kind() == Entry.Kind.HARDLINK; hops++) {
            Entry next = byPath.get(TreePath.parse(found.target()));
            if (next == null || hops > byPath.size()) {
                throw new MalformedArchiveException(
                        "the hard link /" + link.path() + " leads to /" + found.target() + ", which is no file in it");
            }
            found = next;
        }
        if (!found.isFile()) {
            throw new MalformedArchiveException(
                    "the hard link /" + link.path() + " leads to /" + found.path() + ", which is no regular file");
        }
        return found.path();
    }

    private static Entry at(Map<TreePath, Entry> byPath, TreePath path) {
        Entry entry = byPath.get(path);
        if (entry == null) {
            throw new IllegalStateException("no entry at " + path);
        }
        return entry;
    }

    private static Entry link(Entry file, TreePath path, TreePath target) {
        return new Entry(
                path,
                Entry.Kind.HARDLINK,
                file.mode(),
                file.uid(),
                file.gid(),
                file.mtime(),
                target.text(),
                0,
                io.rosbalena.tree.Content.EMPTY);
    }
}
