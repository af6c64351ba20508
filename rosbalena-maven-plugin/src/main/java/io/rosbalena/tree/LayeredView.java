package io.rosbalena.tree;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The files of an image as a container sees them: its layers one upon the other, hard links told as files of their own.
 * Paths may be written as the running system names them; links are followed without ever leaving the root.
 */
public final class LayeredView implements FileTree {
    /** As many links as Linux follows in one path, see {@code path_resolution(7)}. */
    private static final int MOST_LINKS = 40;

    private final List<UnpackedLayer> layers;
    private final LayerStack stack = new LayerStack();

    private LayeredView(List<UnpackedLayer> layers) {
        this.layers = List.copyOf(layers);
        this.layers.forEach(stack::add);
    }

    /**
     * The view of an image.
     *
     * @param layers the lowest first; closed with the view
     */
    public static LayeredView of(List<UnpackedLayer> layers) {
        return new LayeredView(layers);
    }

    /** All files, directories and links that are not hidden by a higher layer. */
    @Override
    public List<Entry> entries() {
        return List.copyOf(stack.entries().values());
    }

    /** What a path leads to, all links followed; empty if nothing is there or links go in a circle. */
    public Optional<Entry> find(String path) {
        return resolve(path, true).flatMap(this::at);
    }

    /** Like {@link #find}, but a link at the path's end is told as it is. */
    public Optional<Entry> findLink(String path) {
        return resolve(path, false).flatMap(this::at);
    }

    /**
     * The bytes of a regular file, links followed; empty if there is none.
     *
     * @throws IOException if its layer cannot be read
     */
    public Optional<byte[]> read(String path) throws IOException {
        Optional<Entry> found = find(path);
        return found.isPresent() && found.get().isFile()
                ? Optional.of(found.get().content().bytes())
                : Optional.empty();
    }

    /** The sorted names in a directory, links followed; empty if there is no such directory. */
    public List<String> list(String directory) {
        Optional<Entry> found = find(directory);
        boolean isRoot = resolve(directory, true).filter(TreePath::isRoot).isPresent();
        if (!isRoot && (found.isEmpty() || !found.get().isDirectory())) {
            return List.of();
        }
        TreePath path = isRoot ? TreePath.ROOT : found.orElseThrow().path();
        List<String> names = new ArrayList<>();
        NavigableMap<TreePath, Entry> below = stack.below(path);
        while (!below.isEmpty()) {
            String rest =
                    below.firstKey().text().substring(isRoot ? 0 : path.text().length() + 1);
            String name = rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/'));
            names.add(name);
            below = below.tailMap(LayerStack.behind(path.resolve(name)), true);
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        for (UnpackedLayer layer : layers) {
            layer.close();
        }
    }

    private Optional<Entry> at(TreePath path) {
        Entry entry = stack.entries().get(path);
        if (entry == null && !path.isRoot() && !stack.below(path).isEmpty()) {
            // A directory that the archive does not mention, but has something in.
            return Optional.of(Entry.directory(path, 0755));
        }
        return Optional.ofNullable(entry);
    }

    private Optional<TreePath> resolve(String path, boolean followLast) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        TreePath here = TreePath.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                here = here.parent();
                continue;
            }
            if (part.indexOf('\0') >= 0 || !isDirectory(here)) {
                return Optional.empty();
            }
            TreePath next = here.resolve(part);
            Optional<Entry> entry = at(next);
            if (entry.isEmpty() || !entry.get().isSymlink() || (rest.isEmpty() && !followLast)) {
                here = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                return Optional.empty();
            }
            String target = entry.get().target();
            List<String> parts = Arrays.asList(target.split("/", -1));
            for (int i = parts.size() - 1; i >= 0; i--) {
                rest.push(parts.get(i));
            }
            if (target.startsWith("/")) {
                here = TreePath.ROOT;
            }
        }
        return Optional.of(here);
    }

    private boolean isDirectory(TreePath path) {
        return path.isRoot() || at(path).filter(Entry::isDirectory).isPresent();
    }
}
