package io.rosbalena.robot.symbols;

import io.rosbalena.colcon.DebugFile;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.symbols.CoreDump;
import io.rosbalena.symbols.MappedFile;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells which files a core dump needs, and puts those that are at hand where a debugger finds them. */
public final class CoreSymbols {
    private final RobotProject project;
    private final Surroundings surroundings;
    private final Path core;
    private final CoreDump dump;

    private CoreSymbols(RobotProject project, Surroundings surroundings, Path core) throws IOException {
        this.project = project;
        this.surroundings = surroundings;
        this.core = core;
        this.dump = read();
    }

    /**
     * Looks through a core. Nothing is built: images and debug files are those of the last build.
     *
     * @param core its file
     * @param archive debug files of a release that was built elsewhere, in place of those of the last build
     * @return lines to print
     * @throws FindingException RB421 if the core, RB422 if the archive does not read
     */
    public static List<String> of(RobotProject project, Surroundings surroundings, Path core, Optional<Path> archive)
            throws IOException {
        List<Path> archives = archive.isPresent() ? List.of(archive.get()) : new DebugFolder(project).archives();
        return new CoreSymbols(project, surroundings, core).report(archives);
    }

    private CoreDump read() throws IOException {
        try {
            return CoreDump.read(core);
        } catch (IOException e) {
            throw FindingException.input(Finding.error("RB421", "the core does not read: " + reason(e))
                    .fix("name with -Dcore=FILE a core dump of Linux, whole and not compressed")
                    .at(project.files().show(core)));
        }
    }

    /** What is wrong with a file; trouble with a disk is no fault of the file, and told as such elsewhere. */
    private static String reason(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof FileSystemException) {
            throw failure;
        }
        return String.valueOf(failure.getMessage());
    }

    private List<String> report(List<Path> archives) throws IOException {
        DebugRoot root = DebugRoot.create(project.files().output().resolve("symbols"));
        Optional<CrashedImage> image = CrashedImage.find(
                dump, project.files().output().resolve("images"), surroundings.store(), surroundings.console());
        try {
            Map<MappedFile, Entry> copied = new LinkedHashMap<>();
            if (image.isPresent()) {
                for (MappedFile file : dump.files()) {
                    image.get().find(file).ifPresent(entry -> copied.put(file, entry));
                }
                root.copy(image.get().view(), copied.values());
            }
            List<NeededFile> needed = needed(image, copied, root, archives);
            return new CoreReport(project, dump, core, image.map(CrashedImage::image), root.folder()).lines(needed);
        } finally {
            if (image.isPresent()) {
                image.get().close();
            }
        }
    }

    private List<NeededFile> needed(
            Optional<CrashedImage> image, Map<MappedFile, Entry> copied, DebugRoot root, List<Path> archives)
            throws IOException {
        List<MappedFile> programs = new ArrayList<>();
        for (MappedFile file : dump.files()) {
            Entry entry = copied.get(file);
            MappedFile known =
                    entry != null && file.id().isEmpty() ? new MappedFile(file.path(), CrashedImage.id(entry)) : file;
            if (known.id().isPresent() || own(known).isPresent()) {
                programs.add(known);
            }
        }
        Set<TreePath> found = unpack(root, programs, archives);
        Map<String, String> debian = image.isPresent()
                ? image.get()
                        .debianPackages(programs.stream().map(MappedFile::path).toList())
                : Map.of();
        List<NeededFile> needed = new ArrayList<>();
        for (MappedFile file : programs) {
            Optional<String> own = own(file);
            Optional<TreePath> debug =
                    places(file).stream().filter(found::contains).findFirst();
            needed.add(new NeededFile(
                    file.path(),
                    file.id(),
                    own.or(() -> Optional.ofNullable(debian.get(file.path()))),
                    own.isPresent(),
                    debug.map(root::path)));
        }
        return needed;
    }

    private Set<TreePath> unpack(DebugRoot root, List<MappedFile> files, List<Path> archives) throws IOException {
        Set<TreePath> wanted = new TreeSet<>();
        files.forEach(file -> wanted.addAll(places(file)));
        Set<TreePath> found = new TreeSet<>();
        for (Path archive : archives) {
            try {
                found.addAll(root.unpack(archive, wanted));
            } catch (IOException e) {
                throw FindingException.input(
                        Finding.error("RB422", "the archive of debug files does not read: " + reason(e))
                                .fix("take the artifact of the classifier debug that the release was deployed with, or"
                                        + " build the release again")
                                .at(project.files().show(archive)));
            }
            wanted.removeAll(found);
        }
        return found;
    }

    /** Where the debug file of a program may stand, the surest first. */
    private static List<TreePath> places(MappedFile file) {
        List<TreePath> places = new ArrayList<>();
        file.id()
                .ifPresent(
                        id -> places.add(DebugFile.FOLDER.resolve(id.debugFile().text())));
        if (file.id().isEmpty() && own(file).isPresent()) {
            places.add(TreePath.parse(DebugFile.FOLDER + file.path() + ".debug"));
        }
        return places;
    }

    /** The package of the workspace that a file is of. */
    private static Optional<String> own(MappedFile file) {
        try {
            TreePath path = TreePath.parse(file.path());
            List<String> names = path.components();
            return path.startsWith(InstallTree.INSTALL) && names.size() > 3
                    ? Optional.of(names.get(2))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
