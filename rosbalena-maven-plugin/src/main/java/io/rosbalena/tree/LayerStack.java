package io.rosbalena.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Applies layers one upon the other as OCI image-spec {@code layer.md} says: entries replace, directories merge,
 * whiteouts take away what lies below.
 */
final class LayerStack {
    private static final String WHITEOUT = Whiteout.PREFIX;
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String OF_AUFS = ".wh..wh.";

    private final NavigableMap<TreePath, Entry> entries = new TreeMap<>();

    /** What is there after all layers. */
    NavigableMap<TreePath, Entry> entries() {
        return entries;
    }

    /** Puts a layer on top. */
    void add(UnpackedLayer layer) {
        List<LayerIndex.Item> items = new ArrayList<>();
        // Whiteouts concern the layers below, wherever in this one's archive they stand.
        for (LayerIndex.Item item : layer.index().items()) {
            TreePath path = item.header().path();
            String name = path.name();
            if (name.equals(OPAQUE)) {
                removeBelow(path.parent());
            } else if (!name.startsWith(WHITEOUT)) {
                items.add(item);
            } else if (!name.startsWith(OF_AUFS)) {
                whiteout(path);
            }
        }
        for (LayerIndex.Item item : items) {
            put(layer, item);
        }
    }

    private void whiteout(TreePath path) {
        String hidden = path.name().substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            return;
        }
        TreePath target = path.parent().resolve(hidden);
        removeBelow(target);
        entries.remove(target);
    }

    private void removeBelow(TreePath directory) {
        below(directory).clear();
    }

    /** All that stands under a directory; changes go through. */
    NavigableMap<TreePath, Entry> below(TreePath directory) {
        if (directory.isRoot()) {
            return entries;
        }
        return entries.subMap(directory, false, behind(directory), false);
    }

    /** The first path that can stand behind everything in a directory: the slash sorts before all other characters. */
    static TreePath behind(TreePath directory) {
        return new TreePath(directory.text() + "\u0001");
    }

    private void put(UnpackedLayer layer, LayerIndex.Item item) {
        TarHeader header = item.header();
        TreePath path = header.path();
        if (path.isRoot()) {
            return;
        }
        replaceParents(path);
        if (header.isSpecial()) {
            // A device node is nothing that can be looked at, but it hides what was there.
            removeBelow(path);
            entries.remove(path);
            return;
        }
        if (header.type() != TarHeader.Type.DIRECTORY) {
            removeBelow(path);
        }
        entry(layer, item).ifPresent(entry -> entries.put(path, entry));
    }

    /** Engines unpack a layer on its own: where it has something below a path, that path is a directory. */
    private void replaceParents(TreePath path) {
        for (TreePath parent = path.parent(); !parent.isRoot(); parent = parent.parent()) {
            Entry there = entries.get(parent);
            if (there != null) {
                if (!there.isDirectory()) {
                    entries.put(parent, Entry.directory(parent, 0755));
                }
                return;
            }
        }
    }

    /** A hard link becomes the file that it names; one to nothing is left out. */
    private Optional<Entry> entry(UnpackedLayer layer, LayerIndex.Item item) {
        TarHeader header = item.header();
        return switch (header.type()) {
            case HARDLINK ->
                Optional.ofNullable(entries.get(new TreePath(header.target())))
                        .filter(file -> !file.isDirectory())
                        .map(file -> file.at(header.path()));
            case FILE -> Optional.of(entry(header, Entry.Kind.FILE, layer.content(item)));
            case SYMLINK -> Optional.of(entry(header, Entry.Kind.SYMLINK, Content.EMPTY));
            default -> Optional.of(entry(header, Entry.Kind.DIRECTORY, Content.EMPTY));
        };
    }

    private static Entry entry(TarHeader header, Entry.Kind kind, Content content) {
        return new Entry(
                header.path(),
                kind,
                header.mode(),
                header.uid(),
                header.gid(),
                header.mtime(),
                header.target(),
                header.size(),
                content);
    }
}
