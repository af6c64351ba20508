package io.rosbalena.environment;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Trees laid over each other, a later one replacing what it also holds. The trees must stay open while this is used. */
public final class TreeView implements FileView {
    private final Map<TreePath, Entry> entries = new HashMap<>();
    private final Map<TreePath, SortedSet<String>> names = new HashMap<>();

    private final PathResolution.Places places = new PathResolution.Places() {
        @Override
        public boolean exists(TreePath path) {
            return names.containsKey(path) || entries.containsKey(path);
        }

        @Override
        public Optional<String> link(TreePath path) {
            return Optional.ofNullable(entries.get(path))
                    .filter(Entry::isSymlink)
                    .map(Entry::target);
        }
    };

    private TreeView() {}

    /** A view of these trees, the lowest first. */
    public static TreeView of(List<? extends FileTree> trees) {
        TreeView view = new TreeView();
        view.names.put(TreePath.ROOT, new TreeSet<>());
        trees.forEach(tree -> tree.entries().forEach(view::add));
        return view;
    }

    private void add(Entry entry) {
        entries.put(entry.path(), entry);
        if (entry.isDirectory()) {
            names.computeIfAbsent(entry.path(), path -> new TreeSet<>());
        }
        TreePath child = entry.path();
        while (!child.isRoot()
                && names.computeIfAbsent(child.parent(), path -> new TreeSet<>())
                        .add(child.name())) {
            child = child.parent();
        }
    }

    @Override
    public boolean exists(String path) {
        return resolve(path).isPresent();
    }

    @Override
    public boolean isFile(String path) {
        return resolve(path).filter(found -> !names.containsKey(found)).isPresent();
    }

    @Override
    public List<String> list(String directory) {
        return resolve(directory)
                .map(found -> names.getOrDefault(found, new TreeSet<>()))
                .map(List::copyOf)
                .orElse(List.of());
    }

    /** What stands at a path, links followed; empty if nothing does, or a directory that no tree mentions. */
    public Optional<Entry> find(String path) {
        Optional<Entry> found = resolve(path).map(entries::get);
        return found.isPresent() && found.get().kind() == Entry.Kind.HARDLINK
                ? find("/" + found.get().target())
                : found;
    }

    /** Everything that the trees mention, in no order; nothing is followed. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Optional<Entry> file = find(path);
        if (file.isEmpty() || !file.get().isFile()) {
            return Optional.empty();
        }
        return Optional.of(file.get().content().bytes());
    }

    private Optional<TreePath> resolve(String path) {
        return PathResolution.resolve(path, places);
    }
}
