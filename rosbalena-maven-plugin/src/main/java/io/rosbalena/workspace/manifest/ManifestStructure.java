package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which elements and attributes each format allows (REP-127, REP-140, REP-149). */
final class ManifestStructure {
    /** For the formats 1, 2 and 3: the attributes that each element may have. */
    private static final List<Map<String, Set<String>>> KNOWN = List.of(known(1), known(2), known(3));

    private final XmlElement root;
    private final PackageManifest manifest;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private ManifestStructure(XmlElement root, PackageManifest manifest) {
        this.root = root;
        this.manifest = manifest;
    }

    static List<ManifestProblem> check(XmlElement root, PackageManifest manifest) {
        return new ManifestStructure(root, manifest).check();
    }

    private List<ManifestProblem> check() {
        Map<String, Set<String>> known = KNOWN.get(manifest.format() - 1);
        checkAttributes(root, Set.of("format"));
        checkTags(known.keySet());
        root.elements().filter(node -> known.containsKey(node.name())).forEach(node -> {
            checkAttributes(node, known.getOrDefault(node.name(), Set.of()));
            checkChildren(node);
        });
        return problems;
    }

    private void checkAttributes(XmlElement node, Set<String> known) {
        // A colon separates a namespace, and xmlns may stand on any tag.
        String unknown = node.attributes().keySet().stream()
                .filter(name -> !known.contains(name) && !name.equals("xmlns") && name.indexOf(':') < 0)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            boolean condition = unknown.equals("condition") && manifest.format() < 3;
            add(
                    node,
                    "The \"" + node.name() + "\" tag must not have the following attributes: " + unknown,
                    condition ? "conditions need <package format=\"3\">" : "remove them");
        }
    }

    private void checkTags(Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>();
        root.elements()
                .map(XmlElement::name)
                .filter(name -> !known.contains(name))
                .forEach(unknown::add);
        if (unknown.isEmpty()) {
            return;
        }
        XmlElement first = root.elements()
                .filter(node -> unknown.contains(node.name()))
                .findFirst()
                .orElse(root);
        add(
                first,
                "The manifest of package \"" + manifest.name() + "\" (with format version " + manifest.format()
                        + ") must not contain the following tags: " + String.join(", ", unknown),
                KNOWN.get(2).keySet().containsAll(unknown)
                        ? "write <package format=\"3\">, or remove them"
                        : "remove them, or move them into <export>");
        if (manifest.format() >= 2 && unknown.contains("run_depend")) {
            add(
                    firstOf("run_depend"),
                    "Please replace <run_depend> tags with <exec_depend> tags.",
                    "format " + manifest.format() + " has no run_depend");
        } else if (manifest.format() < 2 && unknown.contains("exec_depend")) {
            add(
                    firstOf("exec_depend"),
                    "Either update to a newer format or replace <exec_depend> tags with <run_depend> tags.",
                    "format 1 has no exec_depend");
        }
    }

    private void checkChildren(XmlElement node) {
        if (node.name().equals("description") || node.name().equals("export")) {
            return;
        }
        String children = node.elements().map(XmlElement::name).collect(Collectors.joining(", "));
        if (!children.isEmpty()) {
            add(
                    node,
                    "The \"" + node.name() + "\" tag must not contain the following children: " + children,
                    "leave text alone in it");
        }
    }

    private XmlElement firstOf(String tag) {
        return root.elements(tag).get(0);
    }

    private void add(XmlElement at, String message, String fix) {
        problems.add(ManifestProblem.at(at, message, fix));
    }

    private static Map<String, Set<String>> known(int format) {
        Map<String, Set<String>> known = new HashMap<>();
        known.put("name", Set.of());
        known.put("version", Set.of("compatibility"));
        known.put("description", Set.of());
        known.put("maintainer", Set.of("email"));
        known.put("license", format > 2 ? Set.of("file") : Set.of());
        known.put("url", Set.of("type"));
        known.put("author", Set.of("email"));
        known.put("export", Set.of());
        Set<String> dependency =
                new LinkedHashSet<>(List.of("version_lt", "version_lte", "version_eq", "version_gte", "version_gt"));
        if (format > 2) {
            dependency.add("condition");
            known.put("group_depend", Set.of("condition"));
            known.put("member_of_group", Set.of("condition"));
        }
        List<String> elements = format == 1
                ? List.of("run_depend")
                : List.of("build_export_depend", "buildtool_export_depend", "depend", "exec_depend", "doc_depend");
        elements.forEach(element -> known.put(element, dependency));
        List.of("build_depend", "buildtool_depend", "test_depend", "conflict", "replace")
                .forEach(element -> known.put(element, dependency));
        return Map.copyOf(known);
    }
}
