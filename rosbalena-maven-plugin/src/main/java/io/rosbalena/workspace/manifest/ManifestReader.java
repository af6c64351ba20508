package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a manifest's elements into values, then has them checked. What it accepts and how errors are worded follows
 * catkin_pkg, because that is what decides for colcon and rosdep.
 */
final class ManifestReader {
    private static final Pattern SCHEMA =
            Pattern.compile("href=\"http://download\\.ros\\.org/schema/package_format[123]\\.xsd\"");
    private static final Pattern ROS_WORDS =
            Pattern.compile("<(?:package\\s[^>]*format|(?:build|buildtool|exec|run|test)_depend|depend)\\b");
    private static final Set<String> ROS_ELEMENTS = Set.of(
            "maintainer", "depend", "build_depend", "buildtool_depend", "exec_depend", "run_depend", "test_depend");
    private static final List<String> VERSION_ATTRIBUTES =
            List.of("version_lt", "version_lte", "version_eq", "version_gte", "version_gt");

    private final String text;
    private final List<String> reasons = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private boolean meantForRos;

    ManifestReader(String text) {
        this.text = text;
    }

    PackageManifest read() throws InvalidManifestException {
        XmlElement root = root();
        int format = format(root);
        Optional<XmlElement> name = single(root, "name");
        Optional<XmlElement> version = single(root, "version");
        Optional<XmlElement> description = single(root, "description");
        List<Person> maintainers = people(root, "maintainer", true);
        List<XmlElement> export = root.elements("export");
        if (export.size() > 1) {
            fail(
                    export.get(1),
                    "The manifest must not contain more than one \"export\" tags",
                    "move what it holds into the first <export>");
        }
        if (name.isEmpty() || version.isEmpty() || description.isEmpty() || !reasons.isEmpty()) {
            throw new InvalidManifestException(reasons.get(0), meantForRos, problems);
        }
        ManifestDependencies dependencies = ManifestDependencies.of(root, format);
        PackageManifest manifest = new PackageManifest(
                format,
                name.get().text(),
                version.get().text(),
                version.get().attribute("compatibility"),
                description.get().content(),
                PlainText.of(description.get()),
                maintainers,
                root.elements("license").stream()
                        .map(node -> new License(node.text(), node.attribute("file"), node.line()))
                        .toList(),
                root.elements("url").stream()
                        .map(node -> new Url(node.text(), node.attribute("type").orElse("website")))
                        .toList(),
                people(root, "author", false),
                dependencies.all(),
                groups(root, "group_depend"),
                groups(root, "member_of_group"),
                export.stream()
                        .flatMap(XmlElement::elements)
                        .map(ManifestReader::export)
                        .toList(),
                name.get().line());
        return check(root, manifest, dependencies);
    }

    private PackageManifest check(XmlElement root, PackageManifest manifest, ManifestDependencies dependencies)
            throws InvalidManifestException {
        List<ManifestProblem> structure = new ArrayList<>(dependencies.redundant());
        structure.addAll(ManifestStructure.check(root, manifest));
        List<ManifestProblem> values = ManifestValidation.check(root, manifest);
        if (structure.isEmpty() && values.isEmpty()) {
            return manifest;
        }
        String reason = structure.isEmpty()
                ? values.stream().map(ManifestProblem::message).collect(Collectors.joining("\n"))
                : "Error(s):"
                        + structure.stream()
                                .map(problem -> "\n- " + problem.message())
                                .collect(Collectors.joining());
        problems.addAll(structure);
        problems.addAll(values);
        throw new InvalidManifestException(reason, meantForRos, problems);
    }

    private XmlElement root() throws InvalidManifestException {
        XmlDocument document;
        try {
            document = XmlDocument.parse(text);
        } catch (XmlSyntaxException e) {
            meantForRos = SCHEMA.matcher(text).find() || ROS_WORDS.matcher(text).find();
            var problem = new ManifestProblem(
                    "The manifest contains invalid XML: " + e.getMessage(),
                    "correct the XML at this place",
                    e.line(),
                    e.column());
            throw new InvalidManifestException(
                    "The manifest contains invalid XML:\n" + e.getMessage(), meantForRos, List.of(problem));
        }
        XmlElement root = document.root();
        boolean schema = document.instructions().stream()
                .anyMatch(instruction -> instruction.target().equals("xml-model")
                        && SCHEMA.matcher(instruction.data()).find());
        boolean looksLikeRos = root.name().equals("package")
                && (root.attribute("format").isPresent()
                        || root.elements().anyMatch(child -> ROS_ELEMENTS.contains(child.name())));
        meantForRos = schema || looksLikeRos;
        if (!root.name().equals("package")) {
            String message = "The manifest must contain a single \"package\" root tag";
            var problem =
                    ManifestProblem.at(root, message + ", not \"" + root.name() + "\"", "rename the root element");
            throw new InvalidManifestException(message, meantForRos, List.of(problem));
        }
        return root;
    }

    private int format(XmlElement root) throws InvalidManifestException {
        String value = root.attribute("format").orElse("1");
        Optional<String> number = PythonInteger.parse(value);
        if (number.isPresent() && number.get().matches("[123]")) {
            return Integer.parseInt(number.get());
        }
        String reason = number.map(unknown -> "Unable to handle package.xml format version '" + unknown
                        + "', please update catkin_pkg (e.g. on Ubuntu/Debian use: sudo apt-get update && sudo "
                        + "apt-get install --only-upgrade python-catkin-pkg)")
                .orElse("invalid literal for int() with base 10: '" + value + "'");
        var problem = ManifestProblem.at(
                root, "The manifest's format must be 1, 2 or 3, not '" + value + "'", "write format=\"3\"");
        throw new InvalidManifestException(reason, meantForRos, List.of(problem));
    }

    private Optional<XmlElement> single(XmlElement root, String tag) {
        List<XmlElement> nodes = root.elements(tag);
        if (nodes.size() == 1) {
            return Optional.of(nodes.get(0));
        }
        fail(
                nodes.isEmpty() ? root : nodes.get(1),
                "The manifest must contain exactly one \"" + tag + "\" tag",
                nodes.isEmpty() ? "add a <" + tag + "> element" : "remove all but one of them");
        return Optional.empty();
    }

    private List<Person> people(XmlElement root, String tag, boolean emailRequired) {
        List<Person> people = new ArrayList<>();
        for (XmlElement node : root.elements(tag)) {
            Optional<String> email = node.attribute("email");
            if (emailRequired && email.isEmpty()) {
                fail(
                        node,
                        "The \"" + tag + "\" tag must have the attribute \"email\"",
                        "write <" + tag + " email=\"name@example.org\">");
            }
            people.add(new Person(node.text(), email, node.line()));
        }
        return people;
    }

    private void fail(XmlElement at, String message, String fix) {
        reasons.add(message);
        problems.add(ManifestProblem.at(at, message, fix));
    }

    private static List<GroupReference> groups(XmlElement root, String tag) {
        return root.elements(tag).stream()
                .map(node -> new GroupReference(node.text(), node.attribute("condition"), node.line()))
                .toList();
    }

    private static Export export(XmlElement node) {
        return new Export(
                node.name(),
                Collections.unmodifiableMap(new LinkedHashMap<>(node.attributes())),
                node.content(),
                node.line());
    }

    static Dependency dependency(XmlElement node, DependencyKind kind) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String attribute : VERSION_ATTRIBUTES) {
            node.attribute(attribute).ifPresent(value -> versions.put(attribute, value));
        }
        return new Dependency(kind, node.text(), versions, node.attribute("condition"), node.line());
    }
}
