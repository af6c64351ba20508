package io.rosbalena.apt.state;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * What a package installs below a folder, as its facts tell it without the package being opened. Only files whose
 * contents the facts hold can be read, see {@link StateSources}.
 *
 * @param entries sorted by path
 */
public record FactTree(List<Entry> entries) implements FileTree {
    public FactTree {
        entries = List.copyOf(entries);
    }

    /** The entries of a package below a folder; none if it installs nothing there. */
    public static FactTree of(DebFacts facts, TreePath folder) {
        return new FactTree(facts.files().stream()
                .filter(file -> file.path().startsWith(folder))
                .map(file -> entry(file, facts))
                .sorted(Comparator.comparing(Entry::path))
                .toList());
    }

    private static Entry entry(FileFact file, DebFacts facts) {
        Content content = facts.contents().getOrDefault(file.path(), () -> {
            throw new IOException("the content of " + file.path() + " in " + facts.name() + " is not among its facts");
        });
        return new Entry(
                file.path(),
                file.kind(),
                file.mode(),
                file.uid(),
                file.gid(),
                Entry.EPOCH,
                file.target(),
                file.size(),
                content);
    }
}
