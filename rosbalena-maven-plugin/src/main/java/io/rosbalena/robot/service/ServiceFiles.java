package io.rosbalena.robot.service;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.compose.FileCopy;
import io.rosbalena.compose.ImageFile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The last layer of a service: files that the manifest names, and scripts that stand for commands. It holds no directory
 * but those that were copied, so that none below it changes its mode. The files are read once: somebody may edit them while
 * others of their build are made.
 */
public final class ServiceFiles {
    private final Path project;
    private final String service;
    private final Findings findings;
    private final List<Copied> copied = new ArrayList<>();

    /**
     * A file, link or folder with its content.
     *
     * @param target where the manifest wants what it names
     * @param below its place from there; empty if it is that itself
     */
    private record Copied(TreePath target, String below, Entry entry) {}

    private ServiceFiles(Path project, String service, Findings findings) {
        this.project = project;
        this.service = service;
        this.findings = findings;
    }

    /**
     * The files of each service, by its name.
     *
     * @param findings gets what cannot be copied
     */
    public static SortedMap<String, ServiceFiles> read(Robot robot, Findings findings) throws IOException {
        SortedMap<String, ServiceFiles> read = new TreeMap<>();
        for (RobotService service : robot.services()) {
            ServiceFiles files = new ServiceFiles(robot.project().files().directory(), service.name(), findings);
            for (FileCopy copy : service.compose().extension().files()) {
                files.copy(copy);
            }
            read.put(service.name(), files);
        }
        return read;
    }

    /** Stands for all files that the manifest names, and their places. */
    public Digest digest() throws IOException {
        return TreePart.of("files", tree(PathRewrite.NONE, List.of())).key();
    }

    /**
     * What the layer holds.
     *
     * @param rewrite tells where paths of the base really stand
     * @param scripts those of all services
     */
    FileTree tree(PathRewrite rewrite, List<ImageFile> scripts) {
        MemoryTree tree = new MemoryTree();
        for (Copied one : copied) {
            TreePath target = rewrite.apply(one.target());
            tree.put(one.entry().at(one.below().isEmpty() ? target : target.resolve(one.below())));
        }
        scripts.stream()
                .filter(script -> script.service().equals(service))
                .forEach(script ->
                        tree.file(script.path(), script.mode(), script.content().getBytes(StandardCharsets.UTF_8)));
        return tree;
    }

    private void copy(FileCopy copy) throws IOException {
        Path source = FileNames.resolve(project, copy.source()).normalize();
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS) || !source.startsWith(project)) {
            findings.add(copy.position()
                    .place(Finding.error("RB721", "there is no file " + copy.source() + " in the project")
                            .fix("correct x-rosbalena.files: SRC:/ABS[:MODE], SRC relative to the project"))
                    .inService(service));
            return;
        }
        if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            add(source, copy.target().endsWith("/") ? FileNames.name(source) : "", copy);
            return;
        }
        try (Stream<Path> below = Files.walk(source)) {
            for (Path file : (Iterable<Path>) below::iterator) {
                String relative = FileNames.text(source.relativize(file));
                if (!relative.isEmpty()) {
                    add(file, relative, copy);
                }
            }
        }
    }

    private void add(Path file, String below, FileCopy copy) throws IOException {
        TreePath target = TreePath.parse(copy.target());
        if (Files.isSymbolicLink(file)) {
            Path leads = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            if (!leads.startsWith(FileNames.resolve(project, copy.source()).normalize())) {
                findings.add(copy.position()
                        .place(Finding.error(
                                        "RB722",
                                        "the link " + FileNames.text(project.relativize(file)) + " leads out of "
                                                + copy.source())
                                .fix("copy what it points to instead"))
                        .inService(service));
                return;
            }
            copied.add(new Copied(target, below, Entry.symlink(target, FileNames.text(Files.readSymbolicLink(file)))));
        } else if (Files.isDirectory(file)) {
            copied.add(new Copied(target, below, Entry.directory(target, 0755)));
        } else {
            copied.add(new Copied(target, below, regular(file, target, mode(file, copy.mode()))));
        }
    }

    private static Entry regular(Path file, TreePath target, int mode) throws IOException {
        LargeFile large = LargeFile.of(file);
        return large.size() < LargeFile.SMALLEST
                ? Entry.file(target, mode, Files.readAllBytes(file))
                : Entry.file(target, mode, large.size(), large);
    }

    private static int mode(Path file, OptionalInt given) {
        return given.orElseGet(() -> Files.isExecutable(file) ? 0755 : 0644);
    }
}
