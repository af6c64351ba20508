package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The dependencies of a manifest, with the general elements spread over the kinds that they stand for:
 * {@code run_depend} of format 1 over build_export and exec, {@code depend} over build, build_export and exec.
 */
final class ManifestDependencies {
    private static final List<DependencyKind> GENERAL =
            List.of(DependencyKind.BUILD, DependencyKind.BUILD_EXPORT, DependencyKind.EXEC);

    private final Map<DependencyKind, List<Dependency>> kinds = new EnumMap<>(DependencyKind.class);
    private final List<ManifestProblem> redundant = new ArrayList<>();

    private ManifestDependencies() {
        for (DependencyKind kind : DependencyKind.values()) {
            kinds.put(kind, new ArrayList<>());
        }
    }

    static ManifestDependencies of(XmlElement root, int format) {
        ManifestDependencies dependencies = new ManifestDependencies();
        if (format == 1) {
            dependencies.readFormat1(root);
        } else {
            dependencies.readLater(root);
        }
        return dependencies;
    }

    /** In the order of {@link DependencyKind}. */
    List<Dependency> all() {
        return kinds.values().stream().flatMap(List::stream).toList();
    }

    /** Elements that say again what another says. */
    List<ManifestProblem> redundant() {
        return redundant;
    }

    private void readFormat1(XmlElement root) {
        read(root, DependencyKind.BUILD);
        read(root, DependencyKind.BUILDTOOL);
        for (XmlElement node : root.elements("run_depend")) {
            Dependency run = ManifestReader.dependency(node, DependencyKind.EXEC);
            of(DependencyKind.EXEC).add(run);
            of(DependencyKind.BUILD_EXPORT).add(run.as(DependencyKind.BUILD_EXPORT));
        }
        read(root, DependencyKind.TEST);
        read(root, DependencyKind.CONFLICT);
        read(root, DependencyKind.REPLACE);
        List<Dependency> distinctRuns = new ArrayList<>();
        for (Dependency run : of(DependencyKind.EXEC)) {
            if (distinctRuns.stream().noneMatch(run::sameAs)) {
                distinctRuns.add(run);
            }
        }
        for (Dependency test : of(DependencyKind.TEST)) {
            List<String> same = new ArrayList<>(elements(of(DependencyKind.BUILD), test, "build_depend"));
            same.addAll(elements(distinctRuns, test, "run_depend"));
            addRedundancy(test, "The test dependency on \"" + test.name() + "\" is redundant with: ", same);
        }
    }

    private void readLater(XmlElement root) {
        for (DependencyKind kind : DependencyKind.values()) {
            read(root, kind);
        }
        for (XmlElement node : root.elements("depend")) {
            Dependency general = ManifestReader.dependency(node, DependencyKind.BUILD);
            List<String> all = new ArrayList<>();
            for (DependencyKind kind : GENERAL) {
                List<String> same = elements(of(kind), general, kind.element());
                if (same.isEmpty()) {
                    of(kind).add(general.as(kind));
                }
                all.addAll(same);
            }
            addRedundancy(general, "The generic dependency on '" + general.name() + "' is redundant with: ", all);
        }
    }

    private void read(XmlElement root, DependencyKind kind) {
        for (XmlElement node : root.elements(kind.element())) {
            of(kind).add(ManifestReader.dependency(node, kind));
        }
    }

    private List<Dependency> of(DependencyKind kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    private void addRedundancy(Dependency dependency, String start, List<String> same) {
        if (!same.isEmpty()) {
            redundant.add(new ManifestProblem(
                    start + String.join(", ", same), "remove one of the elements", dependency.line(), 0));
        }
    }

    private static List<String> elements(List<Dependency> among, Dependency wanted, String element) {
        return among.stream().filter(wanted::sameAs).map(same -> element).toList();
    }
}
