package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the values of a manifest follow their conventions, in the order and words of catkin_pkg. */
final class ManifestValidation {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]*\n?");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\n?");
    // Possessive: a long text that is no address must take neither quadratic time nor a deep stack.
    private static final Pattern EMAIL = Pattern.compile(
            "[-a-zA-Z0-9_%+]++(?:\\.[-a-zA-Z0-9_%+]++)*+" + "@(?:[-a-zA-Z0-9%]++\\.)++[a-zA-Z]{2,}+\n?");

    private final XmlElement root;
    private final PackageManifest manifest;
    private final List<ManifestProblem> errors = new ArrayList<>();

    private ManifestValidation(XmlElement root, PackageManifest manifest) {
        this.root = root;
        this.manifest = manifest;
    }

    static List<ManifestProblem> check(XmlElement root, PackageManifest manifest) {
        ManifestValidation validation = new ManifestValidation(root, manifest);
        validation.checkNameAndVersion();
        validation.checkPeopleAndLicenses();
        validation.checkSelfReferences();
        return validation.errors;
    }

    private void checkNameAndVersion() {
        String name = manifest.name();
        String nameFix = "use lower-case letters, digits and underscores, a letter first";
        int nameLine = manifest.nameLine();
        if (name.isEmpty()) {
            error(nameLine, "Package name must not be empty", nameFix);
        }
        if (!NAME.matcher(name).matches()) {
            error(nameLine, "Package name \"" + name + "\" does not follow naming conventions", nameFix);
        }
        String version = manifest.version();
        String versionFix = "write three numbers, for example 1.2.3";
        int versionLine = line("version");
        if (version.isEmpty()) {
            error(versionLine, "Package version must not be empty", versionFix);
        } else if (!VERSION.matcher(version).matches()) {
            error(versionLine, "Package version \"" + version + "\" does not follow version conventions", versionFix);
        }
        String compatibility = manifest.versionCompatibility().orElse("");
        if (!compatibility.isEmpty() && !VERSION.matcher(compatibility).matches()) {
            error(
                    versionLine,
                    "Package compatibility version '" + compatibility + "' does not follow version conventions",
                    versionFix);
        }
        if (manifest.description().isEmpty()) {
            error(line("description"), "Package description must not be empty", "say in a sentence what it does");
        }
    }

    private void checkPeopleAndLicenses() {
        if (manifest.maintainers().isEmpty()) {
            error(
                    root.line(),
                    "Package '" + manifest.name() + "' must declare at least one maintainer",
                    "add <maintainer email=\"name@example.org\">Name</maintainer>");
        }
        for (Person maintainer : manifest.maintainers()) {
            checkEmail(maintainer);
            if (maintainer.email().orElse("").isEmpty()) {
                error(maintainer.line(), "Maintainers must have an email address", "fill in the attribute email");
            }
        }
        String licenseFix = "add <license> with an SPDX identifier, for example Apache-2.0";
        if (manifest.licenses().isEmpty()) {
            error(root.line(), "The package node must contain at least one \"license\" tag", licenseFix);
        }
        manifest.licenses().stream()
                .filter(license -> license.name().isBlank())
                .findFirst()
                .ifPresent(license -> error(
                        license.line(),
                        "The license tag must neither be empty nor only contain whitespaces",
                        licenseFix));
        manifest.authors().forEach(this::checkEmail);
    }

    private void checkEmail(Person person) {
        person.email()
                .filter(email -> !EMAIL.matcher(email).matches())
                .ifPresent(email -> error(
                        person.line(),
                        "Invalid email \"" + email + "\" for person \"" + person.name() + "\"",
                        "write it as name@example.org"));
    }

    private void checkSelfReferences() {
        for (Dependency dependency : manifest.dependencies()) {
            DependencyKind kind = dependency.kind();
            if (kind != DependencyKind.CONFLICT
                    && kind != DependencyKind.REPLACE
                    && dependency.name().equals(manifest.name())) {
                error(
                        dependency.line(),
                        "The package \"" + manifest.name() + "\" must not \"" + kind.element()
                                + "\" on a package with the same name as this package",
                        "remove it");
            }
        }
        Set<String> member =
                manifest.memberOfGroups().stream().map(GroupReference::name).collect(Collectors.toSet());
        manifest.groupDepends().stream()
                .filter(group -> member.contains(group.name()))
                .findFirst()
                .ifPresent(group -> error(
                        group.line(),
                        "The package must not 'group_depend' on a package which it also declares to be a member of",
                        "remove the group_depend or the member_of_group"));
    }

    private int line(String tag) {
        return root.elements(tag).get(0).line();
    }

    private void error(int line, String message, String fix) {
        errors.add(new ManifestProblem(message, fix, line, 0));
    }
}
