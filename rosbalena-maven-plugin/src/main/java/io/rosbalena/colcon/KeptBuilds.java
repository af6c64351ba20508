package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Build folders of packages that CMake builds, kept for the next compile of the same package: {@code builds/<shape>.<any>}
 * in the store, each with {@code build} and {@code inputs}. A folder is taken out for a compile, and given back only if
 * that succeeds: nobody else sees it meanwhile, and what a failed or killed compile leaves is never used.
 */
final class KeptBuilds {
    private static final String BUILD = "build";
    private static final String INPUTS = "inputs";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The preprocessor puts a file's time into the program by this name. */
    private static final String TIME_MACRO = "__TIMESTAMP__";

    private final BlobStore store;
    private final Path folder;

    KeptBuilds(BlobStore store) {
        this.store = store;
        this.folder = store.root().resolve("builds");
    }

    /**
     * What differs from the compile that a build folder comes from.
     *
     * @param changed paths below {@code /ros2_ws} of files with other content
     * @param time for these files: later than everything in the folder, since {@code make} compares times
     */
    record Difference(Set<String> changed, Instant time) {
        /** Nothing is known: everything is built. */
        static final Difference NONE = new Difference(Set.of(), Instant.EPOCH);

        Difference {
            changed = Set.copyOf(changed);
        }
    }

    /**
     * Moves a build folder to where colcon will find it, if there is one from which {@code make} comes to the result that
     * an empty one would give.
     *
     * @param sources what the compile will see, for a look at what changed
     * @param target the package's build folder, which does not exist
     */
    Difference take(BuildInputs now, CompileInput sources, Path target) throws IOException {
        Path scratch = target.resolveSibling("." + target.getFileName() + ".kept");
        while (takeOne(now.shape(), scratch)) {
            try {
                Optional<Difference> difference = difference(now, sources, scratch);
                if (difference.isPresent()) {
                    Files.move(scratch.resolve(BUILD), target, StandardCopyOption.ATOMIC_MOVE);
                    return difference.get();
                }
            } finally {
                DirectoryRemoval.remove(scratch);
            }
        }
        return Difference.NONE;
    }

    /** Keeps the build folder of a compile that succeeded, where runs of the machine can be told apart. */
    void keep(BuildInputs inputs, Path build) throws IOException {
        Optional<String> boot = boot();
        if (boot.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        Path aside = Files.createDirectory(store.temporary().resolve(UUID.randomUUID() + ".build"));
        try {
            Files.move(build, aside.resolve(BUILD), StandardCopyOption.ATOMIC_MOVE);
            StringBuilder text = new StringBuilder(boot.get()).append('\n');
            text.append(System.currentTimeMillis()).append('\n');
            inputs.compiled()
                    .forEach((path, digest) ->
                            text.append(digest.hex()).append(' ').append(path).append('\n'));
            Files.writeString(aside.resolve(INPUTS), text);
            Files.move(
                    aside,
                    folder.resolve(inputs.shape().hex() + "." + UUID.randomUUID()),
                    StandardCopyOption.ATOMIC_MOVE);
            store.grown();
        } finally {
            DirectoryRemoval.remove(aside);
        }
    }

    private boolean takeOne(Digest shape, Path to) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, shape.hex() + ".*")) {
            for (Path one : found) {
                if (isMoved(one, to)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isMoved(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException | AtomicMoveNotSupportedException e) {
            // Another build was faster, or the store's scratch is on another disk than the rest of it.
            return false;
        }
    }

    private static Optional<Difference> difference(BuildInputs now, CompileInput input, Path kept) throws IOException {
        List<String> lines = Files.readAllLines(kept.resolve(INPUTS), StandardCharsets.UTF_8);
        if (lines.size() < 2
                || !Optional.of(lines.get(0)).equals(boot())
                || !lines.get(1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Instant finished = Instant.ofEpochMilli(Long.parseLong(lines.get(1)));
        Map<String, String> before = new TreeMap<>();
        for (String line : lines.subList(2, lines.size())) {
            before.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' ')));
        }
        Set<String> changed = new HashSet<>();
        now.compiled().forEach((path, digest) -> {
            if (!digest.hex().equals(before.get(path))) {
                changed.add(path);
            }
        });
        boolean follows = readBy(kept.resolve(BUILD)).containsAll(changed) && !namesItsTime(input, changed);
        Instant soonest = finished.plusSeconds(1);
        Instant time = Instant.now().isAfter(soonest) ? Instant.now() : soonest;
        return follows ? Optional.of(new Difference(changed, time)) : Optional.empty();
    }

    /** What {@code make} knows to be read: by compilers and by linkers. */
    private static Set<String> readBy(Path build) throws IOException {
        Set<String> read = new HashSet<>(DependencyFiles.reads(build));
        List<Path> rules = new ArrayList<>();
        try (Stream<Path> files = Files.walk(build)) {
            files.filter(file -> file.endsWith("build.make")).forEach(rules::add);
        }
        String prefix = ColconCommand.WORKSPACE + "/";
        for (Path file : rules) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    int colon = line.indexOf(": " + prefix);
                    if (colon > 0) {
                        read.add(line.substring(colon + 2 + prefix.length()));
                    }
                }
            }
        }
        return read;
    }

    /** Names this run of the machine. Nothing here is synced to the disk, so a power cut may have emptied any file. */
    private static Optional<String> boot() throws IOException {
        return Files.exists(BOOT)
                ? Optional.of(Files.readString(BOOT, StandardCharsets.US_ASCII).strip())
                : Optional.empty();
    }

    private static boolean namesItsTime(CompileInput input, Set<String> changed) throws IOException {
        for (Entry entry : input.unit().sources().entries()) {
            String path = "src/" + input.unit().directory().resolve(entry.path().text());
            if (changed.contains(path)
                    && new String(entry.content().bytes(), StandardCharsets.ISO_8859_1).contains(TIME_MACRO)) {
                return true;
            }
        }
        return false;
    }
}
