package io.rosbalena.lock;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what {@link LockWriter} writes, line by line, without a YAML library: the lock is read at every start, and a
 * robot's lock has thousands of lines.
 */
public final class LockReader {
    private final String file;
    private final String[] lines;
    private int at;

    private LockReader(String file, byte[] content) {
        this.file = file;
        this.lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    }

    /**
     * Reads a lock.
     *
     * @param file its name in messages
     * @throws FindingException if it is newer than this plugin, or not as the plugin writes it (file and line are told)
     */
    public static Lock read(String file, byte[] content) {
        LockReader reader = new LockReader(file, content);
        reader.refuseConflict();
        try {
            return reader.lock();
        } catch (IllegalArgumentException e) {
            throw reader.broken(e.getMessage() == null ? "not readable" : e.getMessage());
        }
    }

    private Lock lock() {
        String schema = value("schema");
        if (!schema.equals(Integer.toString(Lock.SCHEMA))) {
            throw FindingException.input(Finding.error(
                            "RB301",
                            "the lock has schema " + schema + ", this version of the plugin knows " + Lock.SCHEMA)
                    .at(file, 1)
                    .fix("use the plugin version that wrote it, or a newer one"));
        }
        Digest asked = Digest.parse(value("asked"));
        boolean tests = at < lines.length && lines[at].startsWith(LockWriter.TESTS_ASKED + ":");
        Optional<Digest> testsAsked =
                tests ? Optional.of(Digest.parse(value(LockWriter.TESTS_ASKED))) : Optional.empty();
        String compressor = value("compressor");
        SortedMap<String, Digest> databases = section(0, "databases", line -> Digest.parse(line.text()));
        SortedMap<String, LockedArchive> archives = section(0, "archives", line -> archive(line.mapping()));
        SortedMap<String, LockedImage> images = section(0, "images", line -> image(line.mapping()));
        SortedMap<String, LockedPlatform> platforms = new TreeMap<>();
        if (!open(0, "platforms", "{}")) {
            while (at < lines.length && lines[at].startsWith("  ")) {
                LockLine line = next(2);
                platforms.put(line.key(), platform());
            }
        }
        if (at != lines.length - 1 || !lines[at].isEmpty()) {
            throw new IllegalArgumentException("something stands here that no lock holds");
        }
        return new Lock(asked, testsAsked, compressor, databases, archives, images, platforms);
    }

    /** What git leaves in a file that two branches changed. */
    private void refuseConflict() {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("<<<<<<< ")) {
                throw FindingException.input(Finding.error("RB304", "the lock holds an unsolved merge conflict")
                        .at(file, i + 1)
                        .fix("take one side whole (git checkout --ours or --theirs " + file
                                + "); the next build adds what the other side needs"));
            }
        }
    }

    private LockedPlatform platform() {
        LockLine base = named(4, "base");
        LockLine pyc = named(4, "pyc");
        SortedMap<String, Integer> accounts = section(4, "accounts", line -> Integer.valueOf(line.text()));
        List<LockedPackage> packages = list("packages", line -> debian(line.mapping()));
        List<LockedWheel> wheels = list("wheels", line -> wheel(line.mapping()));
        SortedMap<String, List<String>> sets = section(4, "sets", LockLine::sequence);
        // Locks of before packages were pruned end here.
        boolean pruning = at < lines.length && lines[at].startsWith("    pruned:");
        SortedMap<String, List<String>> pruned = pruning ? section(4, "pruned", LockLine::sequence) : new TreeMap<>();
        return new LockedPlatform(base(base.mapping()), flag(pyc.text()), accounts, packages, wheels, sets, pruned);
    }

    private String value(String name) {
        return named(0, name).text();
    }

    private LockLine named(int indent, String name) {
        LockLine line = next(indent);
        if (!line.key().equals(name)) {
            at--;
            throw new IllegalArgumentException("\"" + name + "\" is expected here");
        }
        return line;
    }

    private LockLine next(int indent) {
        if (at >= lines.length) {
            throw new IllegalArgumentException("the file ends too early");
        }
        LockLine line = LockLine.parse(lines[at], indent);
        at++;
        return line;
    }

    private boolean open(int indent, String name, String empty) {
        LockLine line = named(indent, name);
        if (line.rest().equals(empty)) {
            return true;
        }
        if (!line.rest().isEmpty()) {
            at--;
            throw new IllegalArgumentException("\"" + name + "\" holds lines below it, nothing beside it");
        }
        return false;
    }

    private <V> SortedMap<String, V> section(int indent, String name, Function<LockLine, V> value) {
        SortedMap<String, V> map = new TreeMap<>();
        if (open(indent, name, "{}")) {
            return map;
        }
        String start = " ".repeat(indent + 2);
        while (at < lines.length && lines[at].startsWith(start)) {
            LockLine line = LockLine.parse(lines[at], indent + 2);
            if (map.put(line.key(), value.apply(line)) != null) {
                throw new IllegalArgumentException("\"" + line.key() + "\" stands here twice");
            }
            at++;
        }
        return map;
    }

    private <V> List<V> list(String name, Function<LockLine, V> value) {
        List<V> items = new ArrayList<>();
        if (open(4, name, "[]")) {
            return items;
        }
        String start = "      - ";
        while (at < lines.length && lines[at].startsWith(start)) {
            items.add(value.apply(LockLine.item(lines[at].substring(start.length()))));
            at++;
        }
        return items;
    }

    private static LockedArchive archive(Map<String, String> map) {
        String expires = need(map, "keyExpires");
        return new LockedArchive(
                need(map, "origin"),
                need(map, "label"),
                need(map, "suite"),
                need(map, "component"),
                need(map, "key"),
                expires.equals("never") ? Optional.empty() : Optional.of(expires),
                Digest.parse(need(map, "inRelease")),
                need(map, "date"),
                LockLine.items(map.getOrDefault("also", "[]")).stream()
                        .map(Digest::parse)
                        .toList());
    }

    private static LockedImage image(Map<String, String> map) {
        SortedMap<String, Digest> manifests = new TreeMap<>();
        map.forEach((name, value) -> {
            if (!name.equals("ref")) {
                manifests.put(name, Digest.parse(value));
            }
        });
        return new LockedImage(need(map, "ref"), manifests);
    }

    private static LockedBase base(Map<String, String> map) {
        String manifest = need(map, "manifest");
        return new LockedBase(
                need(map, "from"),
                manifest.equals("none") ? Optional.empty() : Optional.of(Digest.parse(manifest)),
                LockLine.items(need(map, "diffIds")).stream().map(Digest::parse).toList());
    }

    private static LockedPackage debian(Map<String, String> map) {
        return new LockedPackage(
                need(map, "name"),
                need(map, "version"),
                need(map, "arch"),
                need(map, "archive"),
                need(map, "filename"),
                Long.parseLong(need(map, "size")),
                Digest.parse(need(map, "sha256")),
                need(map, "layer"),
                flag(need(map, "auto")),
                need(map, "why"));
    }

    private static LockedWheel wheel(Map<String, String> map) {
        return new LockedWheel(
                need(map, "name"),
                need(map, "version"),
                need(map, "filename"),
                Long.parseLong(need(map, "size")),
                Digest.parse(need(map, "sha256")),
                map.containsKey("source")
                        ? Optional.of(
                                new LockedWheel.Source(need(map, "source"), Digest.parse(need(map, "sourceSha256"))))
                        : Optional.empty());
    }

    private static boolean flag(String word) {
        return switch (word) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException("yes or no is expected, not \"" + word + "\"");
        };
    }

    private static String need(Map<String, String> map, String name) {
        String value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    private FindingException broken(String why) {
        return FindingException.input(Finding.error("RB302", "the lock cannot be read: " + why)
                .at(file, Math.min(at + 1, lines.length))
                .fix("take the file back from version control, or delete it and run `mvn rosbalena:lock`"));
    }
}
