package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.tree.FileNames;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what colcon installed at one place what it would have installed at another.
 *
 * <p>colcon and ament write the install prefix into setup scripts, CMake files and {@code parent_prefix_path}, in words
 * that can be replaced; into compiled files it comes only by what a package does itself, and there it cannot be.
 */
final class Relocation {
    /** Files in which a prefix is text; relative to the folder of a package. */
    private static final Pattern TEXT =
            Pattern.compile("share/[^/]+/((local_setup|package)\\.[a-z0-9]+|(hook|environment)/[^/]+)"
                    + "|share/ament_index/resource_index/parent_prefix_path/[^/]+"
                    + "|(.*/)?[^/]+\\.(cmake|pc)");

    /** The same for the folder of all packages. */
    private static final Pattern SETUP = Pattern.compile("(local_)?setup\\.[a-z0-9]+");

    private final List<String> prefixes;
    private final String target;
    private final Pattern pattern;

    /**
     * @param prefixes absolute install folders, without a slash at the end, as they may stand in files
     * @param target what they become
     */
    Relocation(Collection<String> prefixes, String target) {
        this.prefixes = prefixes.stream()
                .filter(prefix -> !prefix.equals(target))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        this.target = target;
        // Not in the midst of another path; but CMake and pkg-config files have -I and -L before one.
        this.pattern = Pattern.compile("(?:(?<![\\w./+-])|(?<=-[IL]))"
                + this.prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"))
                + "(?![\\w.+-])");
    }

    /** Replaces the prefix in the scripts of the install folder itself. */
    void setup(Path install) throws IOException {
        try (Stream<Path> children = Files.list(install)) {
            for (Path child : children.toList()) {
                if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)
                        && SETUP.matcher(FileNames.name(child)).matches()) {
                    rewrite(child);
                }
            }
        }
    }

    /** Replaces the prefix in the files of one package that have it as text, and in links; looks at no other file. */
    void text(Path folder) throws IOException {
        walk(folder, (file, place) -> {
            if (Files.isSymbolicLink(file)) {
                link(file);
            } else if (TEXT.matcher(place).matches()) {
                rewrite(file);
            }
        });
    }

    /**
     * The same, and drops byte code, whose code objects name the file that they were compiled from; then looks for the
     * prefix in everything that is left and reaches a robot.
     *
     * @param findings gets an error for each file that still names a prefix
     */
    void whole(Path folder, String packageName, Findings findings) throws IOException {
        text(folder);
        PrefixScan scan = new PrefixScan(prefixes.isEmpty() ? List.of("\0") : prefixes);
        walk(folder, (file, place) -> {
            if (place.endsWith(".pyc")) {
                Files.delete(file);
                removeIfEmpty(file.resolveSibling(""));
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && !prefixes.isEmpty()
                    && RuntimeTree.isKept(TreePath.parse(place))) {
                scan.find(file).ifPresent(path -> findings.add(leftover(packageName, place, path)));
            }
        });
    }

    private Finding leftover(String packageName, String place, String path) {
        return Finding.error(
                        "RB475",
                        "installs " + place + ", which names " + path
                                + ": the folder that it was installed into, which no robot has")
                .fix("let the package find its files at run time (ament_index, a path relative to the program, $ORIGIN"
                        + " in INSTALL_RPATH); or compile with the engine root; or give the tree to engine prebuilt as"
                        + " colcon build --install-base " + target + " makes it")
                .inPackage(packageName);
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        if (FileNames.name(directory).equals("__pycache__")) {
            try (Stream<Path> children = Files.list(directory)) {
                if (children.findAny().isPresent()) {
                    return;
                }
            }
            DirectoryRemoval.remove(directory);
        }
    }

    private void link(Path link) throws IOException {
        String text = FileNames.text(Files.readSymbolicLink(link));
        String replaced = replace(text);
        if (!replaced.equals(text)) {
            Files.delete(link);
            Files.createSymbolicLink(link, FileNames.path(replaced));
        }
    }

    private void rewrite(Path file) throws IOException {
        // Every byte is a character of this charset, so that what is no text stays as it is.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String replaced = replace(text);
        if (!replaced.equals(text)) {
            Files.writeString(file, replaced, StandardCharsets.ISO_8859_1);
        }
    }

    private String replace(String text) {
        return prefixes.isEmpty() ? text : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(target));
    }

    /** What is done with a file or link. */
    @FunctionalInterface
    private interface Visit {
        void accept(Path file, String place) throws IOException;
    }

    private static void walk(Path folder, Visit visit) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                visit.accept(file, FileNames.text(folder.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
