package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A valid {@code package.xml}, conditions unread.
 *
 * @param format 1, 2 or 3
 * @param version three numbers
 * @param versionCompatibility attribute {@code compatibility} of the version
 * @param description with its markup
 * @param plainDescription without markup, white space folded
 * @param dependencies in the order build, buildtool, build_export, buildtool_export, exec, test, doc, conflict, replace;
 *     within a kind the specific ones stand before those of {@code depend}
 * @param nameLine line of the {@code name} element, from 1
 */
public record PackageManifest(
        int format,
        String name,
        String version,
        Optional<String> versionCompatibility,
        String description,
        String plainDescription,
        List<Person> maintainers,
        List<License> licenses,
        List<Url> urls,
        List<Person> authors,
        List<Dependency> dependencies,
        List<GroupReference> groupDepends,
        List<GroupReference> memberOfGroups,
        List<Export> exports,
        int nameLine) {
    public PackageManifest {
        maintainers = List.copyOf(maintainers);
        licenses = List.copyOf(licenses);
        urls = List.copyOf(urls);
        authors = List.copyOf(authors);
        dependencies = List.copyOf(dependencies);
        groupDepends = List.copyOf(groupDepends);
        memberOfGroups = List.copyOf(memberOfGroups);
        exports = List.copyOf(exports);
    }

    /**
     * Reads a manifest's text.
     *
     * @throws InvalidManifestException with everything that is wrong
     */
    public static PackageManifest parse(String text) throws InvalidManifestException {
        return new ManifestReader(text).read();
    }

    /** What is valid but against the conventions, worded as catkin_pkg words it. */
    public List<String> warnings() {
        return ManifestWarnings.of(this);
    }

    /** The dependencies of one kind. */
    public Stream<Dependency> dependencies(DependencyKind kind) {
        return dependencies.stream().filter(dependency -> dependency.kind() == kind);
    }

    /** Whether the package only groups others (REP-127). */
    public boolean metapackage() {
        return exports.stream().anyMatch(export -> export.tag().equals("metapackage"));
    }

    /** The texts of all {@code build_type} exports that hold with these variables; none means {@code catkin}. */
    public List<Export> buildTypes(Map<String, String> variables) throws ConditionSyntaxException {
        List<Export> holding = new ArrayList<>();
        for (Export export : exports) {
            if (export.tag().equals("build_type") && holds(export.condition(), variables)) {
                holding.add(export);
            }
        }
        return holding;
    }

    /** Whether an optional condition holds; none always does. */
    public static boolean holds(Optional<String> condition, Map<String, String> variables)
            throws ConditionSyntaxException {
        return condition.isEmpty() || Condition.parse(condition.get()).holds(variables);
    }
}
