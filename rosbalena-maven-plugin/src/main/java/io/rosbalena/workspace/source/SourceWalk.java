package io.rosbalena.workspace.source;

import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Walks one package. A link that stays inside the package stays a link; one that leads out is replaced by what it leads
 * to, because the build root shows nothing else of the project.
 */
final class SourceWalk {
    private final Path root;
    private final SourceRules rules;
    private final Set<Path> notOurs;
    private final IgnoreRules ignoreRules;
    private final Set<Path> emptySubmodules;
    private final FileDigests digests;
    private final SourceProblems problems;
    private final List<SourceFile> files = new ArrayList<>();
    /** Where the folders that are being walked really are, to see a link that leads back to one. */
    private final List<Path> walked = new ArrayList<>();

    SourceWalk(
            Path root,
            SourceRules rules,
            Set<Path> notOurs,
            IgnoreRules ignoreRules,
            Set<Path> emptySubmodules,
            FileDigests digests,
            SourceProblems problems) {
        this.root = root;
        this.rules = rules;
        this.notOurs = notOurs;
        this.ignoreRules = ignoreRules;
        this.emptySubmodules = emptySubmodules;
        this.digests = digests;
        this.problems = problems;
    }

    SourceTree read() throws IOException {
        Path real = root.toRealPath();
        if (isAllowed(real)) {
            walk(root, TreePath.ROOT, root);
        } else {
            problems.leadsOut(root, real);
        }
        problems.finish(root);
        return new SourceTree(files);
    }

    /**
     * Walks a folder.
     *
     * @param anchor the package's folder, or the link out of it that led here: links below it stay links
     */
    private void walk(Path folder, TreePath path, Path anchor) throws IOException {
        if (emptySubmodules.contains(folder)) {
            problems.emptySubmodule(folder);
            return;
        }
        walked.add(folder.toRealPath());
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (AccessDeniedException e) {
            problems.notReadable(folder);
        }
        for (Path child : children) {
            visit(child, path, anchor);
        }
        walked.remove(walked.size() - 1);
    }

    private void visit(Path child, TreePath parent, Path anchor) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // An editor's temporary file that went between the listing and now.
            return;
        }
        if (notOurs.contains(child)) {
            return;
        }
        boolean directory = attributes.isDirectory() || attributes.isSymbolicLink() && Files.isDirectory(child);
        switch (ignoreRules.of(child, directory)) {
            case IGNORED -> {}
            case BAG -> problems.bag(attributes.size());
            case SOURCE -> {
                String name = FileNames.name(child);
                if (name.indexOf('\uFFFD') >= 0) {
                    problems.notUnicode(child);
                } else {
                    take(child, attributes, parent.resolve(name), anchor);
                }
            }
        }
    }

    private void take(Path child, BasicFileAttributes attributes, TreePath path, Path anchor) throws IOException {
        if (attributes.isSymbolicLink()) {
            link(child, path, anchor);
        } else if (attributes.isDirectory()) {
            if (!isColconOutput(child)) {
                walk(child, path, anchor);
            }
        } else if (attributes.isRegularFile()) {
            regular(child, path);
        } else {
            problems.notAFile(child);
        }
    }

    private void link(Path link, TreePath path, Path anchor) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (!target.isAbsolute() && link.resolveSibling(target).normalize().startsWith(anchor)) {
            files.add(new SourceFile.Link(path, FileNames.text(target)));
            return;
        }
        Path real;
        try {
            real = link.toRealPath();
        } catch (NoSuchFileException e) {
            problems.leadsNowhere(link, FileNames.text(target));
            return;
        }
        if (isInColconOutput(real)) {
            return;
        }
        if (!isAllowed(real)) {
            problems.leadsOut(link, real);
        } else if (Files.isRegularFile(real)) {
            regular(link, path);
        } else if (!Files.isDirectory(real)) {
            problems.notAFile(link);
        } else if (walked.stream().anyMatch(above -> above.startsWith(real))) {
            problems.leadsToItself(link);
        } else {
            walk(link, path, link);
        }
    }

    private void regular(Path file, TreePath path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (GitLfs.isPointer(file, attributes.size())) {
                problems.notFetched(file);
                return;
            }
            files.add(new SourceFile.Regular(path, isExecutable(file), attributes.size(), digests.of(file), file));
        } catch (AccessDeniedException e) {
            problems.notReadable(file);
        }
    }

    private static boolean isExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.readAttributes(file, PosixFileAttributes.class)
                        .permissions()
                        .contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private boolean isAllowed(Path real) throws IOException {
        if (real.startsWith(rules.project().toRealPath())) {
            return true;
        }
        for (Path allowed : rules.sourceRoots()) {
            if (Files.exists(allowed) && real.startsWith(allowed.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /** A link into the build space (compile_commands.json, often) leads somewhere on one machine and nowhere on another. */
    private boolean isInColconOutput(Path real) {
        for (Path folder = real; folder != null; folder = folder.getParent()) {
            if (isColconOutput(folder)) {
                return true;
            }
        }
        return false;
    }

    /** The build, install and log spaces that a colcon of the user's has left in the package. */
    private static boolean isColconOutput(Path folder) {
        return Files.exists(folder.resolve(".built_by"))
                || Files.exists(folder.resolve(".colcon_install_layout"))
                || folder.endsWith("log")
                        && Files.exists(folder.resolve("COLCON_IGNORE"))
                        && Files.exists(folder.resolve("latest"), LinkOption.NOFOLLOW_LINKS);
    }
}
