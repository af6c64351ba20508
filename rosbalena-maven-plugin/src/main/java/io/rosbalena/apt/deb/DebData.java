package io.rosbalena.apt.deb;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.Spool;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import io.rosbalena.tree.TreePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a package at the paths that its data member gives them. */
public final class DebData implements FileTree {
    /** Holds the headers of some small files; large ones are skipped. */
    private static final int BLOCK = 1 << 13;

    private final Spool spool;
    private final List<Entry> entries;
    private final List<String> listing;

    private DebData(Spool spool, List<Entry> entries, List<String> listing) {
        this.spool = spool;
        this.entries = entries;
        this.listing = listing;
    }

    /** Indexes a tar archive at the end of a spool, which is closed with the result. */
    static DebData of(Spool spool, long start) throws IOException {
        Map<TreePath, Entry> entries = new TreeMap<>();
        List<String> listing = new ArrayList<>();
        InputStream archive = new BufferedInputStream(spool.open(start, spool.size() - start), BLOCK);
        TarReader reader = TarReader.skipping(archive);
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            TarHeader header = next.get();
            listing.add(header.path().isRoot() ? "/." : header.path().absolute());
            if (!header.path().isRoot()) {
                add(entries, header, start, spool);
            }
        }
        SafeEntries.check(entries);
        return new DebData(spool, HardLinks.normalise(entries.values()), List.copyOf(listing));
    }

    private static void add(Map<TreePath, Entry> entries, TarHeader header, long start, Spool spool)
            throws IOException {
        if (header.path().text().indexOf('\n') >= 0) {
            throw new MalformedArchiveException("a name with a line break: \"" + header.path() + "\"");
        }
        long offset = start + header.offset();
        Content content = header.size() == 0 ? Content.EMPTY : () -> spool.open(offset, header.size());
        Entry entry = header.entry(content);
        Entry before = entries.put(entry.path(), entry);
        if (before != null && !(before.isDirectory() && entry.isDirectory())) {
            throw new MalformedArchiveException("/" + entry.path() + " stands in it twice");
        }
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    /** Every path in the order of the archive, as {@code /var/lib/dpkg/info/*.list} has them: the root is {@code /.}. */
    public List<String> listing() {
        return listing;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
