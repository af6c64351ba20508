package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a file {@code colcon.pkg} beside a package states about it: it may name the package, fix its type and add
 * dependencies. Hooks and build arguments in it are for colcon alone.
 *
 * @param dependencies for colcon, not for rosdep
 */
record ColconPkg(Optional<String> name, Optional<String> type, List<Dependency> dependencies) {
    private static final ColconPkg NONE = new ColconPkg(Optional.empty(), Optional.empty(), List.of());
    private static final String FILE = "colcon.pkg";
    private static final Map<String, List<DependencyKind>> KEYS = Map.of(
            "dependencies", List.of(DependencyKind.BUILD, DependencyKind.EXEC, DependencyKind.TEST),
            "build-dependencies", List.of(DependencyKind.BUILD),
            "run-dependencies", List.of(DependencyKind.EXEC),
            "test-dependencies", List.of(DependencyKind.TEST));

    static ColconPkg read(PackageFolder folder, Findings findings) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(10);
            Object document = new Yaml(new SafeConstructor(options)).load(SourceText.read(file));
            if (document instanceof Map<?, ?> map) {
                return of(map);
            }
            if (document == null) {
                return NONE;
            }
            findings.add(unreadable(folder, "it is not a mapping"));
        } catch (YAMLException | SourceText.UnreadableException e) {
            findings.add(unreadable(folder, String.valueOf(e.getMessage())));
        }
        return NONE;
    }

    /** Whether a package of this type may still be identified. */
    boolean allows(String wanted) {
        return type.map(wanted::equals).orElse(true);
    }

    /** The package that the file declares without help: colcon then reads no dependency from the manifest. */
    RosPackage declare(PackageFolder folder, Optional<RosPackage> manifest) {
        return new RosPackage(
                name.orElseThrow(),
                type.orElseThrow(),
                folder.directory(),
                folder.path(),
                manifest.map(RosPackage::file).orElse(folder.shown(FILE)),
                manifest.flatMap(RosPackage::manifest),
                dependencies,
                manifest.map(RosPackage::rosdepDependencies).orElse(List.of()),
                Set.of(),
                Set.of());
    }

    /** A package found otherwise, with the name and the dependencies that the file adds. */
    RosPackage complete(RosPackage found) {
        List<Dependency> all = new ArrayList<>(found.colconDependencies());
        all.addAll(dependencies);
        return new RosPackage(
                name.orElse(found.name()),
                found.type(),
                found.directory(),
                found.path(),
                found.file(),
                found.manifest(),
                all,
                found.rosdepDependencies(),
                found.groupDepends(),
                found.groups());
    }

    private static ColconPkg of(Map<?, ?> map) {
        List<Dependency> dependencies = new ArrayList<>();
        KEYS.forEach((key, kinds) -> {
            if (map.get(key) instanceof List<?> names) {
                names.forEach(name -> kinds.forEach(kind ->
                        dependencies.add(new Dependency(kind, String.valueOf(name), Map.of(), Optional.empty(), 0))));
            }
        });
        return new ColconPkg(text(map.get("name")), text(map.get("type")), dependencies);
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Finding unreadable(PackageFolder folder, String why) {
        return Finding.error("RB009", "colcon.pkg cannot be read: " + why)
                .fix("write a YAML mapping with name, type, dependencies, hooks")
                .at(folder.shown(FILE));
    }
}
