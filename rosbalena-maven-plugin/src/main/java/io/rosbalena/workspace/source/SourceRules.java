package io.rosbalena.workspace.source;

import java.nio.file.Path;
import java.util.List;

/**
 * What may be a source of a package.
 *
 * @param project the project's root; links may lead anywhere inside it
 * @param sourceRoots folders outside into which links may lead as well (parameter {@code sourceRoots})
 * @param excluded files and folders that are never a source, for example the build directory of a project whose root is
 *     a package
 */
public record SourceRules(Path project, List<Path> sourceRoots, List<Path> excluded) {
    public SourceRules {
        Path root = project.toAbsolutePath().normalize();
        project = root;
        sourceRoots =
                sourceRoots.stream().map(path -> root.resolve(path).normalize()).toList();
        excluded = excluded.stream().map(path -> root.resolve(path).normalize()).toList();
    }

    /** No source roots and nothing excluded. */
    public static SourceRules of(Path project) {
        return new SourceRules(project, List.of(), List.of());
    }
}
