package io.rosbalena.robot.service;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.compose.CommandScript;
import io.rosbalena.compose.FileCopy;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
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
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The last layer of a service: files that the manifest names, and scripts that stand for commands. It holds no directory
 * but those that were copied, so that none below it changes its mode.
 */
public final class ServiceFiles {
    private final Path project;
    private final Findings findings;
    private final PathRewrite rewrite;
    private final MemoryTree tree = new MemoryTree();

    private ServiceFiles(Path project, PathRewrite rewrite, Findings findings) {
        this.project = project;
        this.rewrite = rewrite;
        this.findings = findings;
    }

    /**
     * The files of a service.
     *
     * @param rewrite tells where paths of the base really stand
     * @param scripts those of all services
     * @param findings gets what cannot be copied
     */
    public static FileTree of(
            Robot robot, RobotService service, PathRewrite rewrite, List<CommandScript> scripts, Findings findings)
            throws IOException {
        ServiceFiles files = new ServiceFiles(robot.project().files().directory(), rewrite, findings);
        for (FileCopy copy : service.compose().extension().files()) {
            files.copy(copy, service.name());
        }
        scripts.stream()
                .filter(script -> script.service().equals(service.name()))
                .forEach(script ->
                        files.tree.file(script.path(), 0755, script.content().getBytes(StandardCharsets.UTF_8)));
        return files.tree;
    }

    private void copy(FileCopy copy, String service) throws IOException {
        Path source = FileNames.resolve(project, copy.source()).normalize();
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS) || !source.startsWith(project)) {
            findings.add(copy.position()
                    .place(Finding.error("RB721", "there is no file " + copy.source() + " in the project")
                            .fix("correct x-rosbalena.files: SRC:/ABS[:MODE], SRC relative to the project"))
                    .inService(service));
            return;
        }
        TreePath target = rewrite.apply(TreePath.parse(copy.target()));
        if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            TreePath place = copy.target().endsWith("/") ? target.resolve(FileNames.name(source)) : target;
            add(source, place, copy, service);
            return;
        }
        try (Stream<Path> below = Files.walk(source)) {
            for (Path file : (Iterable<Path>) below::iterator) {
                String relative = FileNames.text(source.relativize(file));
                if (!relative.isEmpty()) {
                    add(file, target.resolve(relative), copy, service);
                }
            }
        }
    }

    private void add(Path file, TreePath place, FileCopy copy, String service) throws IOException {
        if (Files.isSymbolicLink(file)) {
            Path target = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            if (!target.startsWith(FileNames.resolve(project, copy.source()).normalize())) {
                findings.add(copy.position()
                        .place(Finding.error(
                                        "RB722",
                                        "the link " + FileNames.text(project.relativize(file)) + " leads out of "
                                                + copy.source())
                                .fix("copy what it points to instead"))
                        .inService(service));
                return;
            }
            tree.put(Entry.symlink(place, FileNames.text(Files.readSymbolicLink(file))));
        } else if (Files.isDirectory(file)) {
            tree.put(Entry.directory(place, 0755));
        } else {
            tree.put(Entry.file(place, mode(file, copy.mode()), Files.readAllBytes(file)));
        }
    }

    private static int mode(Path file, OptionalInt given) {
        return given.orElseGet(() -> Files.isExecutable(file) ? 0755 : 0644);
    }
}
