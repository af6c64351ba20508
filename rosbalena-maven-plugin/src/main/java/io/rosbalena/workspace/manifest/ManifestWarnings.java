package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is valid in a manifest but against its conventions, in the order and words of catkin_pkg. */
final class ManifestWarnings {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)");

    private ManifestWarnings() {}

    static List<String> of(PackageManifest manifest) {
        List<String> warnings = new ArrayList<>();
        String name = manifest.name();
        if (!NAME.matcher(name).matches()) {
            warnings.add("Package name \"" + name + "\" does not follow the naming conventions. It should start with "
                    + "a lower case letter and only contain lower case letters, digits, underscores, and dashes.");
        }
        if (!VERSION.matcher(manifest.version()).matches()) {
            warnings.add("Package \"" + name + "\" does not follow the version conventions. It should not contain "
                    + "leading zeros (unless the number is 0).");
        }
        if (manifest.metapackage()) {
            addMetapackage(manifest, warnings);
        }
        return List.copyOf(warnings);
    }

    private static void addMetapackage(PackageManifest manifest, List<String> warnings) {
        Set<String> tools = manifest.dependencies(DependencyKind.BUILDTOOL)
                .map(Dependency::name)
                .collect(Collectors.toSet());
        if (!tools.contains("catkin")) {
            warnings.add("Metapackage \"" + manifest.name() + "\" must buildtool_depend on catkin.");
        }
        boolean others = manifest.dependencies(DependencyKind.BUILD).findAny().isPresent()
                || manifest.dependencies(DependencyKind.TEST).findAny().isPresent()
                || tools.stream().anyMatch(tool -> !tool.equals("catkin"));
        if (others) {
            warnings.add("Metapackage \"" + manifest.name() + "\" should not have other dependencies besides a "
                    + "buildtool_depend on catkin and " + (manifest.format() == 1 ? "run_depends" : "exec_depends")
                    + ".");
        }
    }
}
