package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The system as it grows: the files of the packages and of the base below them, and what was generated so far. Each part
 * of the state looks here at what stands and adds its own. Paths are absolute, as in the running system.
 */
final class StateDraft {
    private static final int MOST_LINKS = 40;

    private final PathRewrite rewrite;
    private final BaseFiles base;
    private final NavigableMap<TreePath, FileFact> files = new TreeMap<>();
    private final Map<TreePath, Content> contents = new HashMap<>();
    private final NavigableSet<TreePath> removed;
    private final MemoryTree generated = new MemoryTree();
    private final Findings findings = new Findings();

    StateDraft(PlatformInput input, Unpacking unpacking) {
        this.rewrite = input.rewrite();
        this.base = input.base();
        this.removed = new TreeSet<>(unpacking.removed());
        for (DebFacts facts : input.packages()) {
            add(facts, unpacking.placement(facts));
        }
        unpacking.files().forEach(this::put);
        unpacking.findings().forEach(findings::add);
    }

    private void add(DebFacts facts, Placement placement) {
        PathRewrite way = placement.rewrite();
        for (FileFact file : facts.files()) {
            TreePath place = file.kind() == Entry.Kind.DIRECTORY ? way.apply(file.path()) : way.place(file.path());
            if (!placement.left().contains(place)) {
                TreePath standing = placement.aside().getOrDefault(place, place);
                files.put(standing, file.at(standing));
                Optional.ofNullable(facts.contents().get(file.path()))
                        .ifPresent(content -> contents.put(standing, content));
            }
        }
    }

    /** Hides a file of the base. */
    void remove(String path) {
        removed.add(rewrite.place(TreePath.parse(path)));
    }

    /** What of the base is hidden: not what something else stands for, and nothing below what is hidden itself. */
    SortedSet<TreePath> removed() {
        SortedSet<TreePath> hidden = new TreeSet<>();
        for (TreePath path : removed) {
            boolean above = !hidden.isEmpty() && path.startsWith(hidden.last());
            if (!above && !files.containsKey(path)) {
                hidden.add(path);
            }
        }
        return hidden;
    }

    BaseFiles base() {
        return base;
    }

    /** Whether something stands there that is no dangling link. */
    boolean exists(String path) throws IOException {
        Optional<TreePath> place = resolve(path);
        return place.isPresent() && (place.get().isRoot() || files.containsKey(place.get()) || isInBase(place.get()));
    }

    /** Whether something stands there, were it a dangling link. */
    boolean existsItself(String path) {
        return itself(path).isPresent();
    }

    /** What stands there, in the base too; a link at the path's end is told as it is. */
    Optional<FileFact> itself(String path) {
        int slash = path.lastIndexOf('/');
        Optional<TreePath> place = resolve(path.substring(0, slash + 1))
                .map(parent -> rewrite.apply(parent).resolve(path.substring(slash + 1)));
        return place.isEmpty() || files.containsKey(place.get()) ? place.map(files::get) : ofBase(place.get());
    }

    private Optional<FileFact> ofBase(TreePath place) {
        return base.find(place.absolute()).filter(fact -> !isRemoved(fact.path()));
    }

    /** What a package ships or a part of the state has generated there, links not followed. */
    Optional<FileFact> find(String path) {
        return Optional.ofNullable(files.get(rewrite.place(TreePath.parse(path))));
    }

    /** Where a path leads when all links are followed; empty for a link that leads in circles. */
    Optional<TreePath> resolve(String path) {
        Deque<String> left = new ArrayDeque<>(List.of(path.split("/", -1)));
        TreePath at = TreePath.ROOT;
        int links = 0;
        while (!left.isEmpty()) {
            String part = left.pop();
            if (part.equals("..")) {
                at = at.parent();
                continue;
            }
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            TreePath next = at.resolve(part);
            FileFact fact = files.get(next);
            if (fact == null) {
                fact = ofBase(next).orElse(null);
            }
            if (fact != null && fact.kind() == Entry.Kind.SYMLINK) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                String[] parts = fact.target().split("/", -1);
                for (int i = parts.length - 1; i >= 0; i--) {
                    left.push(parts[i]);
                }
                at = fact.target().startsWith("/") ? TreePath.ROOT : at;
            } else {
                at = left.isEmpty() ? next : rewrite.apply(next);
            }
        }
        return Optional.of(at);
    }

    /** Where a directory really stands, in the base's links too; empty for a link that leads in circles. */
    Optional<TreePath> directory(String path) {
        return resolve(path).map(rewrite::apply);
    }

    /** A file's content, if it is one of {@link StateSources}, was generated, or stands in the base. */
    Optional<byte[]> read(String path) throws IOException {
        Optional<TreePath> place = resolve(path);
        if (place.isPresent()) {
            Content content = contents.get(place.get());
            if (content != null) {
                return Optional.of(content.bytes());
            }
            if (files.containsKey(place.get()) || isRemoved(rewrite.apply(place.get()))) {
                // What the base has there is hidden, and nobody has kept what hides it.
                return Optional.empty();
            }
        }
        return base.read(path);
    }

    /** The same as text. */
    Optional<String> text(String path) throws IOException {
        return read(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The names in a directory, of packages, state and base. */
    SortedSet<String> names(String directory) throws IOException {
        TreePath place = directory(directory).orElse(TreePath.ROOT);
        SortedSet<String> names = new TreeSet<>(base.list(directory));
        names.removeIf(name -> isRemoved(place.resolve(name)));
        for (TreePath path : files.tailMap(place, false).keySet()) {
            if (!path.startsWith(place)) {
                break;
            }
            String rest =
                    path.text().substring(place.isRoot() ? 0 : place.text().length() + 1);
            int slash = rest.indexOf('/');
            names.add(slash < 0 ? rest : rest.substring(0, slash));
        }
        return names;
    }

    /** Adds an entry, replacing what stands there. */
    void put(Entry entry) {
        TreePath place = entry.isDirectory() ? rewrite.apply(entry.path()) : rewrite.place(entry.path());
        Entry placed = entry.at(place);
        generated.put(placed);
        files.put(place, FileFact.of(placed));
        if (placed.isFile()) {
            contents.put(place, placed.content());
        }
    }

    void file(String path, int mode, String text) {
        put(Entry.file(TreePath.parse(path), mode, text.getBytes(StandardCharsets.UTF_8)));
    }

    void file(String path, int mode, long gid, String text) {
        put(Entry.file(TreePath.parse(path), mode, text.getBytes(StandardCharsets.UTF_8))
                .withOwner(0, gid));
    }

    void symlink(String path, String target) {
        put(Entry.symlink(TreePath.parse(path), target));
    }

    void directory(String path, int mode) {
        put(Entry.directory(TreePath.parse(path), mode));
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    List<Finding> findings() {
        return findings.all();
    }

    /**
     * What was generated, with the directories that nothing else makes, and those above it that are not everybody's: an
     * engine that unpacks a layer by itself makes up what is missing above a file, readable by all, and it would count.
     */
    MemoryTree generated() {
        List<TreePath> paths = new ArrayList<>(removed());
        generated.entries().forEach(entry -> paths.add(entry.path()));
        for (TreePath path : paths) {
            for (TreePath parent = path.parent(); !parent.isRoot(); parent = parent.parent()) {
                Optional<FileFact> there = ofBase(parent).or(known(parent));
                if (there.isEmpty()) {
                    put(Entry.directory(parent, 0755));
                } else if (there.get().kind() == Entry.Kind.DIRECTORY && !isEverybodys(there.get())) {
                    put(Entry.directory(parent, there.get().mode())
                            .withOwner(there.get().uid(), there.get().gid()));
                }
            }
        }
        return generated;
    }

    private Supplier<Optional<FileFact>> known(TreePath place) {
        return () -> Optional.ofNullable(files.get(place));
    }

    private static boolean isEverybodys(FileFact directory) {
        return directory.mode() == 0755 && directory.uid() == 0 && directory.gid() == 0;
    }

    private boolean isInBase(TreePath place) throws IOException {
        return base.find(place.absolute()).isPresent()
                && !isRemoved(rewrite.apply(place.parent()).resolve(place.name()));
    }

    private boolean isRemoved(TreePath place) {
        for (TreePath at = place; !removed.isEmpty() && !at.isRoot(); at = at.parent()) {
            if (removed.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
