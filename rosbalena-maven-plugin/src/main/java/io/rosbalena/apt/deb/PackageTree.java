package io.rosbalena.apt.deb;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that installing one package leaves behind and that depends on this package alone: its files, and its part
 * of dpkg's database below {@code var/lib/dpkg/info}. Files keep their time, directories and the database get the
 * constant one. The package must stay open while contents are read.
 */
public final class PackageTree implements FileTree {
    /** Where dpkg keeps what it knows of each package. */
    public static final TreePath INFO = TreePath.parse("var/lib/dpkg/info");

    private final List<Entry> entries;

    private PackageTree(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * The tree of a package.
     *
     * @param placement how it is laid out on what stands below it
     */
    public static PackageTree of(DebFile deb, Placement placement) throws IOException {
        try {
            Map<TreePath, Entry> entries = placed(deb, placement);
            info(deb, placement).forEach(entry -> entries.put(entry.path(), entry));
            placement
                    .ownerships()
                    .forEach((path, owned) -> entries.computeIfPresent(path, (same, entry) -> owned.set(entry)));
            return new PackageTree(HardLinks.normalise(entries.values()));
        } catch (MalformedArchiveException e) {
            throw deb.refuse(e);
        }
    }

    private static Map<TreePath, Entry> placed(DebFile deb, Placement placement) throws IOException {
        Map<TreePath, Entry> entries = new TreeMap<>();
        for (Entry entry : deb.data().entries()) {
            Entry placed = place(entry, placement.rewrite());
            if (placement.leavesOut(entry.path()) || placement.left().contains(placed.path())) {
                continue;
            }
            placed = placed.at(placement.aside().getOrDefault(placed.path(), placed.path()));
            Entry before = entries.put(placed.path(), placed);
            if (before != null && !(before.isDirectory() && placed.isDirectory())) {
                throw new MalformedArchiveException(
                        "it holds two files for /" + placed.path() + ", since a directory above them is a link");
            }
        }
        return entries;
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    private static Entry place(Entry entry, PathRewrite rewrite) {
        Entry placed = entry.at(rewrite.place(entry));
        return switch (entry.kind()) {
            case DIRECTORY -> placed.withTime(Entry.EPOCH);
            case HARDLINK ->
                new Entry(
                        placed.path(),
                        entry.kind(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.mtime(),
                        rewrite.place(new TreePath(entry.target())).text(),
                        0,
                        Content.EMPTY);
            default -> placed;
        };
    }

    private static List<Entry> info(DebFile deb, Placement placement) throws IOException {
        List<Entry> info = new ArrayList<>();
        String prefix = deb.control().qualifiedName() + ".";
        deb.control()
                .members()
                .forEach((name, member) -> info.add(Entry.file(
                        INFO.resolve(prefix + name),
                        member.mode(),
                        name.equals("md5sums") && !placement.documented()
                                ? summed(member.text(), placement)
                                : member.bytes())));
        StringBuilder list = new StringBuilder();
        deb.data().listing().stream()
                .filter(path -> !placement.unlisted().contains(path) && !placement.leavesOut(TreePath.parse(path)))
                .forEach(path -> list.append(path).append('\n'));
        placement.listed().forEach(path -> list.append(path).append('\n'));
        info.add(text(prefix + "list", list));
        if (!deb.control().members().containsKey("md5sums")) {
            info.add(text(prefix + "md5sums", sums(deb, placement)));
        }
        return info;
    }

    /**
     * dpkg makes up for a package without md5sums: every regular file and hard link that it unpacks, in the order of the archive.
     */
    private static StringBuilder sums(DebFile deb, Placement placement) throws IOException {
        DebData data = deb.data();
        Set<String> conffiles = deb.control().conffiles().stream()
                .map(ControlArchive.Conffile::path)
                .collect(Collectors.toSet());
        Map<String, Entry> files = new HashMap<>();
        data.entries().forEach(entry -> files.put(entry.path().absolute(), entry));
        StringBuilder sums = new StringBuilder();
        for (String path : data.listing()) {
            Entry entry = files.get(path);
            if (entry != null && entry.kind() == Entry.Kind.HARDLINK) {
                entry = files.get("/" + entry.target());
            }
            boolean unpacked = !placement.unlisted().contains(path)
                    && !placement.leavesOut(TreePath.parse(path))
                    && (conffiles.contains(path)
                            || !placement.left().contains(placement.rewrite().place(TreePath.parse(path))));
            if (entry != null && entry.isFile() && unpacked) {
                sums.append(Md5.of(entry.content()))
                        .append("  ")
                        .append(path, 1, path.length())
                        .append('\n');
            }
        }
        return sums;
    }

    /** The lines of md5sums for files that are laid out: a sum, two blanks, a path. */
    private static byte[] summed(String md5sums, Placement placement) {
        return md5sums.lines()
                .filter(line -> line.length() <= 34 || !placement.leavesOut(TreePath.parse(line.substring(34))))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Entry text(String name, CharSequence text) {
        return Entry.file(INFO.resolve(name), 0644, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
