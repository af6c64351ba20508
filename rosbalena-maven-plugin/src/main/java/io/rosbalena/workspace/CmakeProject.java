package io.rosbalena.workspace;

import io.rosbalena.tree.FileNames;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A CMake project without a ROS manifest. As colcon-cmake does, it takes the name from {@code project()} and the
 * dependencies from {@code find_package()} and {@code pkg_check_modules()}, each with a literal argument.
 */
final class CmakeProject {
    private static final String FILE = "CMakeLists.txt";
    // Possessive and bounded throughout: a file without a closing parenthesis must not take quadratic time.
    private static final Pattern COMMENT = Pattern.compile("(\"[^\"\n]*+\")|#[^\n]*+");
    private static final String LITERAL = "\\s*+\\(\\s*+(\"?+)([a-zA-Z0-9_-]++)\\1(?:\\s[^)]{0,9999}+)?+\\)";
    private static final Pattern PROJECT = Pattern.compile("(?i:project)" + LITERAL);
    private static final Pattern FIND_PACKAGE = Pattern.compile("(?i:find_package)" + LITERAL);
    private static final Pattern PKG_CONFIG = Pattern.compile("(?i:pkg_check_modules|pkg_search_module)"
            + "\\s*+\\(\\s*+(\"?+)[a-zA-Z0-9_]++\\1"
            + "(?:\\s++(?:REQUIRED|QUIET|NO_CMAKE_PATH|NO_CMAKE_ENVIRONMENT_PATH))*+([^)]{1,9999}+)\\)");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern VERSION = Pattern.compile("[<>=].*");

    private final PackageFolder folder;

    CmakeProject(PackageFolder folder) {
        this.folder = folder;
    }

    /** The project; empty if the directory has no {@code CMakeLists.txt}. */
    Optional<RosPackage> read(Optional<String> statedName) throws IOException {
        Path lists = folder.resolve(FILE);
        if (!Files.isRegularFile(lists)) {
            return Optional.empty();
        }
        String text = SourceText.readLeniently(lists);
        Matcher project = PROJECT.matcher(withoutComments(text));
        String name = project.find()
                ? project.group(2)
                : folder.shown().substring(folder.shown().lastIndexOf('/') + 1);
        boolean catkinWorkspace = name.equals("Project") && text.lines().anyMatch("catkin_workspace()"::equals);
        // The folder in which colcon is started has no name for it.
        if (name.isEmpty() || catkinWorkspace) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        for (Path file : files()) {
            collect(withoutComments(SourceText.readLeniently(file)), names);
        }
        names.remove(statedName.orElse(name));
        List<Dependency> dependencies = new ArrayList<>();
        for (DependencyKind kind : List.of(DependencyKind.BUILD, DependencyKind.EXEC)) {
            names.forEach(one -> dependencies.add(new Dependency(kind, one, Map.of(), Optional.empty(), 0)));
        }
        return Optional.of(new RosPackage(
                name,
                "cmake",
                folder.directory(),
                folder.path(),
                folder.shown(FILE),
                Optional.empty(),
                dependencies,
                List.of(),
                Set.of(),
                Set.of()));
    }

    private List<Path> files() throws IOException {
        Predicate<Path> visible =
                file -> Stream.iterate(folder.directory().relativize(file), p -> p != null, Path::getParent)
                        .noneMatch(part -> FileNames.name(part).startsWith("."));
        try (Stream<Path> walk = Files.walk(folder.directory())) {
            return walk.filter(file -> isCmake(FileNames.name(file)))
                    .filter(Files::isRegularFile)
                    .filter(visible)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isCmake(String name) {
        return name.equals(FILE) || name.endsWith(".cmake");
    }

    private static void collect(String text, Set<String> names) {
        Matcher packages = FIND_PACKAGE.matcher(text);
        while (packages.find()) {
            names.add(packages.group(2));
        }
        Matcher modules = PKG_CONFIG.matcher(text);
        while (modules.find()) {
            for (String module : SPACE.split(modules.group(2).strip(), -1)) {
                names.add(VERSION.matcher(module).replaceFirst(""));
            }
        }
    }

    private static String withoutComments(String text) {
        return COMMENT.matcher(text)
                .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    }
}
