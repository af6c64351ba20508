package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts what an install step left on disk into the store. Follows no link. */
final class InstallCapture {
    /** What colcon writes beside the packages, and what a robot may source. */
    private static final Pattern SETUP = Pattern.compile("\\.colcon_install_layout|_?(local_)?setup(\\..*|_util_.*)");

    private final Path install;
    private final BlobStore store;
    private final SortedMap<Path, SplitFile> split;
    private final Findings findings;

    /** For files that are kept as they are. */
    InstallCapture(Path install, BlobStore store, Findings findings) {
        this(install, store, new TreeMap<>(), findings);
    }

    /**
     * @param split those of the installed files whose symbols were taken out
     */
    InstallCapture(Path install, BlobStore store, SortedMap<Path, SplitFile> split, Findings findings) {
        this.install = install;
        this.store = store;
        this.split = split;
        this.findings = findings;
    }

    /** Everything below {@code install/<packageName>}; what must not be there becomes findings. */
    InstallTree capture(String packageName) throws IOException {
        Path folder = install.resolve(packageName);
        List<InstalledFile> files = new ArrayList<>();
        List<DebugFile> debug = new ArrayList<>();
        KeyBuilder interfaces = new KeyBuilder();
        List<Path> found = walk(folder);
        for (Path path : found) {
            TreePath place = new TreePath(FileNames.text(folder.relativize(path)));
            if (Files.isSymbolicLink(path)) {
                link(packageName, place, FileNames.text(Files.readSymbolicLink(path)))
                        .ifPresent(files::add);
            } else if (Files.isDirectory(path)) {
                files.add(new InstalledFile.Directory(place));
            } else if (Files.isRegularFile(path)) {
                files.add(regular(path, place));
                SplitFile both = split.get(path);
                if (both != null) {
                    debug.add(new DebugFile(place, both.id(), kept(both.debug()), Files.size(both.debug())));
                }
            } else {
                findings.add(Finding.error("RB410", "installs " + place + ", which is no file, link or directory")
                        .fix("install it with CMake's install(FILES …) or setup.py's data_files, or not at all")
                        .inPackage(packageName));
            }
        }
        files.sort(Comparator.comparing(InstalledFile::path));
        debug.sort(Comparator.comparing(DebugFile::file));
        for (InstalledFile file : files) {
            interfaces.add("file", identityForDependants(folder, file));
        }
        KeyBuilder environment = new KeyBuilder();
        EnvironmentFiles.of(packageName, files).forEach(file -> environment.add("file", file.identity()));
        return new InstallTree(packageName, files, debug, setup(), interfaces.build(), environment.build());
    }

    private String identityForDependants(Path folder, InstalledFile file) throws IOException {
        if (file instanceof InstalledFile.Regular) {
            Optional<Digest> shared = SharedObjectInterface.of(
                    content(FileNames.resolve(folder, file.path().text())));
            if (shared.isPresent()) {
                return "s " + file.path() + " " + shared.get().hex();
            }
        }
        return file.identity();
    }

    private List<InstalledFile> setup() throws IOException {
        List<InstalledFile> files = new ArrayList<>();
        try (Stream<Path> children = Files.list(install)) {
            for (Path child : children.sorted().toList()) {
                TreePath place = new TreePath(FileNames.text(install.relativize(child)));
                if (Files.isRegularFile(child) && SETUP.matcher(place.text()).matches()) {
                    files.add(regular(child, place));
                }
            }
        }
        return files;
    }

    private InstalledFile regular(Path path, TreePath place) throws IOException {
        Path content = content(path);
        boolean executable = Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
        return new InstalledFile.Regular(place, executable, kept(content), Files.size(content));
    }

    /** What stands for an installed file: itself, or itself without symbols. */
    private Path content(Path path) {
        return Optional.ofNullable(split.get(path)).map(SplitFile::stripped).orElse(path);
    }

    private Digest kept(Path file) throws IOException {
        Digest digest = Digest.of(file);
        if (!store.has(digest)) {
            try (InputStream in = Files.newInputStream(file)) {
                store.put(in);
            }
        }
        return digest;
    }

    /** A link, if what it names can be there on the robot. */
    private Optional<InstalledFile> link(String packageName, TreePath place, String target) {
        Path at = FileNames.resolve(Path.of("/" + InstallTree.INSTALL.resolve(packageName)), place.text());
        Path leads = at.resolveSibling(FileNames.path(target)).normalize();
        if (leads.startsWith("/" + InstallTree.INSTALL)) {
            return Optional.of(new InstalledFile.Link(place, target));
        }
        findings.add(Finding.error(
                        "RB411",
                        "installs the link " + place + " → " + target + ", which leads out of "
                                + "/ros2_ws/install and to nothing on the robot")
                .fix("install the file itself")
                .inPackage(packageName));
        return Optional.empty();
    }

    /** Everything below a folder; no link is followed. */
    static List<Path> walk(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(folder)) {
                    found.add(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
