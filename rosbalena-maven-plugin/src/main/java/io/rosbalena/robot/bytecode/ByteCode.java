package io.rosbalena.robot.bytecode;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.deb.DebParts;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The byte code of packages: a robot that has it compiles nothing when a Python program starts. It is never checked against
 * the sources ({@code unchecked-hash}, PEP 552), since the time of a file means nothing in an image, and it is the same for
 * every architecture.
 */
public final class ByteCode {
    private static final String SCRIPT = "byte_code.py";
    private static final String SOURCES = "/ros2_ws/src";
    private static final String OUT = "/ros2_ws/log";

    /** Everything that decides what the interpreter writes. */
    private static final Pattern INTERPRETER = Pattern.compile("(lib)?python3(\\.[0-9]+)?(-minimal|-stdlib)?");

    /** Stands for a package without Python files: no bytes at all, where others have an archive. */
    private static final Digest NONE = Digest.of(new byte[0]);

    private final BuildRootMaking making;
    private final Surroundings surroundings;
    private final PythonFiles files;
    private final List<LockedPackage> interpreter;
    private final Remembered<ByteCodeStage.Input, Digest> memory;
    private final Map<Digest, Digest> known = new ConcurrentHashMap<>();
    private final Map<Digest, LayerPart> parts = new HashMap<>();

    private ByteCode(
            BuildRootMaking making, Surroundings surroundings, PythonFiles files, List<LockedPackage> interpreter) {
        this.making = making;
        this.surroundings = surroundings;
        this.files = files;
        this.interpreter = interpreter;
        this.memory = new Remembered<>(new ByteCodeStage(), surroundings.store(), surroundings.results());
    }

    /**
     * The byte code that a build root's interpreter makes.
     *
     * @param compiling the platform of this machine, whose build root compiles for all platforms
     * @return empty if that has no Python
     */
    public static Optional<ByteCode> in(BuildRootMaking making, LockedPlatform compiling, Surroundings surroundings) {
        List<LockedPackage> root = compiling.members(LockedPlatform.BUILD);
        List<LockedPackage> interpreter = root.stream()
                .filter(one -> INTERPRETER.matcher(one.name()).matches())
                .toList();
        return PythonFiles.of(root).map(files -> new ByteCode(making, surroundings, files, interpreter));
    }

    /** Whether a build root with these packages can compile it. */
    public static boolean isMadeIn(Collection<LockedPackage> root) {
        return PythonFiles.of(root).isPresent();
    }

    /**
     * Compiles what is not known yet.
     *
     * @param debs opens the packages
     */
    public void ensure(Collection<LockedPackage> packages, DebParts debs) throws IOException, InterruptedException {
        List<LockedPackage> wanted = List.copyOf(packages);
        List<Optional<Digest>> found =
                memory.findAll(wanted.stream().map(this::input).toList());
        List<LockedPackage> missing = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (found.get(i).isPresent()) {
                known.put(wanted.get(i).sha256(), found.get(i).get());
            } else {
                missing.add(wanted.get(i));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Sandbox sandbox = Sandboxes.choose();
        making.make(sandbox);
        surroundings.console().stage("Compiling Python byte code (" + sandbox.name() + ")");
        Parallel.map(missing, one -> {
            Digest tar = compile(one, debs, sandbox);
            memory.keep(input(one), tar);
            known.put(one.sha256(), tar);
            return tar;
        });
    }

    private ByteCodeStage.Input input(LockedPackage one) {
        return new ByteCodeStage.Input(one.sha256(), interpreter);
    }

    /** The byte code of a package as a part of a layer; empty if it has none. */
    public Optional<LayerPart> part(LockedPackage one) {
        Digest tar = Objects.requireNonNull(known.get(one.sha256()), one.name());
        if (tar.equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(parts.computeIfAbsent(
                one.sha256(),
                same -> new LayerPart(
                        one.name() + " " + one.version(),
                        new KeyBuilder().add("byte code", tar).build(),
                        () -> read(tar))));
    }

    private FileTree read(Digest tar) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (InputStream in = surroundings.store().read(tar)) {
            TarReader reader = new TarReader(in);
            for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                byte[] bytes = reader.content().readAllBytes();
                tree.put(next.get().entry(Content.of(bytes)));
            }
        }
        return tree;
    }

    private Digest compile(LockedPackage one, DebParts debs, Sandbox sandbox) throws IOException, InterruptedException {
        Path folder = surroundings.store().temporary().resolve("byte-code-" + UUID.randomUUID());
        Path sources = Files.createDirectories(folder.resolve("src"));
        Path out = Files.createDirectories(folder.resolve("out"));
        try {
            if (!layOut(one, debs, sources)) {
                return surroundings.store().put(InputStream.nullInputStream());
            }
            try (InputStream script = Objects.requireNonNull(ByteCode.class.getResourceAsStream(SCRIPT))) {
                Files.copy(script, out.resolve(SCRIPT));
            }
            run(one, sources, out, sandbox);
            Files.delete(out.resolve(SCRIPT));
            return write(captured(out));
        } finally {
            DirectoryRemoval.remove(folder);
        }
    }

    /** @return whether the package has Python files */
    private boolean layOut(LockedPackage one, DebParts debs, Path sources) throws IOException {
        boolean found = false;
        try (FileTree tree = debs.open(one)) {
            Map<TreePath, Entry> entries = new HashMap<>();
            tree.entries().forEach(entry -> entries.put(entry.path(), entry));
            for (Entry entry : tree.entries()) {
                Optional<Entry> file = files.include(entry.path()) ? file(entry, entries) : Optional.empty();
                if (file.isPresent()) {
                    Path place = FileNames.resolve(sources, entry.path().text());
                    Files.createDirectories(Objects.requireNonNull(place.getParent()));
                    try (InputStream in = file.get().content().open()) {
                        Files.copy(in, place);
                    }
                    found = true;
                }
            }
        }
        return found;
    }

    /** What an entry leads to in its package: Debian compiles links, too, each under its own name. */
    private static Optional<Entry> file(Entry entry, Map<TreePath, Entry> entries) {
        Optional<Entry> file = switch (entry.kind()) {
            case FILE -> Optional.of(entry);
            case HARDLINK -> Optional.ofNullable(entries.get(new TreePath(entry.target())));
            case SYMLINK ->
                Optional.ofNullable(
                        entries.get(TreePath.parse(Path.of(entry.path().absolute())
                                .resolveSibling(entry.target())
                                .normalize()
                                .toString())));
            case DIRECTORY -> Optional.empty();
        };
        return file.filter(Entry::isFile);
    }

    private void run(LockedPackage one, Path sources, Path out, Sandbox sandbox)
            throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        int status = sandbox.run(
                new SandboxCommand(
                        making.root().directory(),
                        List.of(
                                new SandboxCommand.Bind(sources, SOURCES, false),
                                new SandboxCommand.Bind(out, OUT, true)),
                        "/",
                        Map.of(
                                "PATH", "/usr/bin:/bin",
                                "PYTHONHASHSEED", "0",
                                "SOURCE_DATE_EPOCH", Long.toString(Entry.EPOCH)),
                        List.of(BuildRootMaking.PYTHON, "-I", "-S", OUT + "/" + SCRIPT, SOURCES, OUT)),
                line -> {
                    synchronized (output) {
                        output.add(line);
                    }
                });
        if (status != 0) {
            throw FindingException.environment(Finding.error(
                            "RB338",
                            "python3 of the build root ends with " + status + " while it compiles the byte code of "
                                    + one.name() + ": " + String.join("\n", output))
                    .fix("run the build again with -X; -Drosbalena.byteCode=false does without"));
        }
    }

    private static MemoryTree captured(Path out) throws IOException {
        MemoryTree tree = new MemoryTree();
        List<Path> found;
        try (Stream<Path> all = Files.walk(out)) {
            found = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : found) {
            TreePath path = new TreePath(FileNames.text(out.relativize(file)));
            tree.directory(path.parent().text(), 0755).file(path.text(), 0644, Files.readAllBytes(file));
        }
        return tree;
    }

    private Digest write(FileTree tree) throws IOException {
        try (BlobWriter blob = surroundings.store().create()) {
            OutputStream buffered = new BufferedOutputStream(blob);
            TarWriter tar = new TarWriter(buffered);
            for (Entry entry : tree.entries()) {
                tar.write(entry);
            }
            tar.finish();
            buffered.flush();
            return blob.commit();
        }
    }
}
