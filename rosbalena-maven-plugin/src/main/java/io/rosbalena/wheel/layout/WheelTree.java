package io.rosbalena.wheel.layout;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A wheel as it stands in an image, below {@code /ros2_ws/python}: as {@code pip install --target} lays it out, without
 * byte code, without what tells of an installation (who asked, from where), and with a {@code RECORD} that lists exactly
 * what is there.
 */
public final class WheelTree implements FileTree {
    private static final String PLACE = "ros2_ws/python";
    private static final int SCRIPT_LIMIT = 4 << 20;
    private static final byte[] INSTALLER = "rosbalena\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PYTHON = "#!python".getBytes(StandardCharsets.UTF_8);

    private final WheelArchive archive;
    private final String interpreter;
    private final SortedMap<String, Placed> files = new TreeMap<>();
    private final MemoryTree tree = new MemoryTree();

    /** A file at its place, relative to the folder of all wheels. */
    private record Placed(int mode, long size, Content content) {
        private static Placed of(int mode, byte[] bytes) {
            return new Placed(mode, bytes.length, Content.of(bytes));
        }
    }

    private WheelTree(WheelArchive archive, String interpreter) {
        this.archive = archive;
        this.interpreter = interpreter;
    }

    /**
     * Opens a wheel. Contents are read from it until the tree is closed.
     *
     * @param wheel the file
     * @param filename its name, which tells project and version
     * @param interpreter what starts its scripts, for example {@code /usr/bin/python3}
     * @throws io.rosbalena.finding.FindingException RB285 to RB291 with everything that is wrong with it
     */
    public static FileTree open(Path wheel, String filename, String interpreter) throws IOException {
        WheelArchive archive = WheelArchive.open(wheel, filename);
        try {
            WheelTree tree = new WheelTree(archive, interpreter);
            tree.lay();
            return tree;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** Path of an entry below the folder of all wheels; of something above it, nothing. */
    public static String path(Entry entry) {
        String text = entry.path().text();
        return text.startsWith(PLACE + "/") ? text.substring(PLACE.length() + 1) : "";
    }

    /**
     * The files that a wheel would bring besides its own metadata, without a look into them.
     *
     * @param wheel the file
     * @param filename its name
     * @return by path below the folder of all wheels: something by which equal contents are known
     * @throws io.rosbalena.finding.FindingException RB285 and up if it is no sound wheel
     */
    public static SortedMap<String, String> files(Path wheel, String filename) throws IOException {
        try (WheelArchive archive = WheelArchive.open(wheel, filename)) {
            WheelTree tree = new WheelTree(archive, "");
            SortedMap<String, RecordFile.Row> record = tree.readRecord();
            SortedMap<String, String> files = new TreeMap<>();
            for (String name : archive.members().keySet()) {
                if (!name.startsWith(archive.distInfo() + "/")) {
                    String digest = Optional.ofNullable(record.get(name))
                            .map(RecordFile.Row::digest)
                            .orElse("");
                    tree.target(name).ifPresent(target -> files.put(target, digest));
                }
            }
            tree.scripts()
                    .forEach((path, text) -> files.put(path, Digest.of(text).hex()));
            archive.problem().throwIfAny();
            return files;
        }
    }

    private SortedMap<String, RecordFile.Row> readRecord() throws IOException {
        return RecordFile.parse(archive.metadata("RECORD"))
                .orElseThrow(() -> archive.problem().end("RB289", "has a RECORD that cannot be read"));
    }

    /** The programs that the wheel declares, by path. */
    private SortedMap<String, byte[]> scripts() throws IOException {
        SortedMap<String, byte[]> scripts = new TreeMap<>();
        if (archive.find(archive.distInfo() + "/entry_points.txt").isPresent()) {
            EntryPoints.scripts(archive.metadata("entry_points.txt"), interpreter, archive.problem())
                    .forEach((name, text) -> scripts.put("bin/" + name, text));
        }
        return scripts;
    }

    private void lay() throws IOException {
        SortedMap<String, RecordFile.Row> record = readRecord();
        SortedMap<String, String> digests = new TreeMap<>();
        String ownRecord = archive.distInfo() + "/RECORD";
        for (WheelArchive.Member member : archive.members().values()) {
            if (member.name().equals(ownRecord)) {
                continue;
            }
            Optional<String> digest = check(member, record);
            Optional<String> target = target(member.name());
            if (digest.isPresent() && target.isPresent()) {
                place(member, target.get());
                digests.put(target.get(), digest.get());
            }
        }
        scripts().forEach((path, text) -> put(path, Placed.of(0755, text), digests));
        put(archive.distInfo() + "/INSTALLER", Placed.of(0644, INSTALLER), digests);
        archive.problem().throwIfAny();
        put(ownRecord, Placed.of(0644, record(digests)), digests);
        refuseFilesThatAreFolders();
        files.forEach(this::add);
    }

    private void refuseFilesThatAreFolders() {
        for (String path : files.keySet()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                if (files.containsKey(path.substring(0, slash))) {
                    archive.problem().add("RB286", "has a file that is a folder, too: " + path.substring(0, slash));
                }
            }
        }
        archive.problem().throwIfAny();
    }

    /** Generated files take the place of what the wheel has there. */
    private void put(String path, Placed file, SortedMap<String, String> digests) {
        files.put(path, file);
        digests.remove(path);
    }

    /** The digest of a file, which must be that of the wheel's record. */
    private Optional<String> check(WheelArchive.Member member, SortedMap<String, RecordFile.Row> record)
            throws IOException {
        String name = member.name();
        // Signatures are made after the record, so that it cannot list them.
        boolean signature =
                name.equals(archive.distInfo() + "/RECORD.jws") || name.equals(archive.distInfo() + "/RECORD.p7s");
        RecordFile.Row row = record.get(name);
        try {
            String sha256 = RecordFile.digest(member.content(), "sha256");
            if (signature) {
                return Optional.of(sha256);
            }
            if (row == null || !row.hasDigest() || !RecordFile.isStrong(row.algorithm())) {
                archive.problem().add("RB289", "has a file that its RECORD does not list with a digest: " + name);
                return Optional.empty();
            }
            String promised = row.digest().replaceFirst("=+$", "");
            String found =
                    row.algorithm().equals("sha256") ? sha256 : RecordFile.digest(member.content(), row.algorithm());
            if (!found.equals(promised)) {
                archive.problem().add("RB289", "has a file that is not the one of its RECORD: " + name);
                return Optional.empty();
            }
            return Optional.of(sha256);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            archive.problem().add("RB285", "is damaged at " + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The folder of what has places of its own. */
    private String data() {
        return archive.distInfo().replaceFirst("\\.dist-info$", ".data") + "/";
    }

    private Optional<String> target(String name) {
        if (!name.startsWith(data())) {
            return Optional.of(name);
        }
        String[] parts = name.substring(data().length()).split("/", 2);
        String project = data().substring(0, data().lastIndexOf('-')).replace('_', '-');
        if (parts.length == 2) {
            switch (parts[0]) {
                case "purelib", "platlib", "data" -> {
                    return Optional.of(parts[1]);
                }
                case "scripts" -> {
                    return Optional.of("bin/" + parts[1]);
                }
                case "headers" -> {
                    return Optional.of("include/python/" + project + "/" + parts[1]);
                }
                default -> {}
            }
        }
        archive.problem().add("RB291", "has a file for a place that no installation has: " + name);
        return Optional.empty();
    }

    private void place(WheelArchive.Member member, String target) throws IOException {
        // An archive that was made on Windows does not say that they can be executed.
        boolean script = member.name().startsWith(data() + "scripts/");
        Placed file = new Placed(member.executable() || script ? 0755 : 0644, member.size(), member.content());
        if (script && member.size() <= SCRIPT_LIMIT) {
            file = rewritten(member.content().bytes())
                    .map(bytes -> Placed.of(0755, bytes))
                    .orElse(file);
        }
        if (files.put(target, file) != null) {
            archive.problem().add("RB286", "has two files for " + target);
        }
    }

    /** A script for any Python becomes one for this one. */
    private Optional<byte[]> rewritten(byte[] script) {
        for (int i = 0; i < PYTHON.length; i++) {
            if (i >= script.length || script[i] != PYTHON[i]) {
                return Optional.empty();
            }
        }
        int end = 0;
        while (end < script.length && script[end] != '\n') {
            end++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("#!" + interpreter).getBytes(StandardCharsets.UTF_8));
        out.write(script, end, script.length - end);
        return Optional.of(out.toByteArray());
    }

    private byte[] record(SortedMap<String, String> digests) throws IOException {
        String own = archive.distInfo() + "/RECORD";
        SortedMap<String, String> rows = new TreeMap<>();
        rows.put(own, RecordFile.row(own, "", ""));
        for (var file : files.entrySet()) {
            String digest = digests.get(file.getKey());
            if (digest == null || file.getKey().startsWith("bin/")) {
                digest = RecordFile.digest(file.getValue().content(), "sha256");
            }
            rows.put(
                    file.getKey(),
                    RecordFile.row(
                            file.getKey(),
                            "sha256=" + digest,
                            Long.toString(file.getValue().size())));
        }
        return String.join("", rows.values()).getBytes(StandardCharsets.UTF_8);
    }

    private void add(String path, Placed file) {
        TreePath place = TreePath.parse(PLACE + "/" + path);
        for (TreePath folder = place.parent(); !folder.isRoot(); folder = folder.parent()) {
            tree.put(Entry.directory(folder, 0755));
        }
        tree.put(new Entry(place, Entry.Kind.FILE, file.mode(), 0, 0, Entry.EPOCH, "", file.size(), file.content()));
    }

    @Override
    public List<Entry> entries() {
        return tree.entries();
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
