package io.rosbalena.lint.contract;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code balena.yml} and says what balena would refuse or pass over. */
public final class ContractReader {
    private static final List<String> TYPES = List.of("sw.application", "sw.block");
    private static final Set<String> FIELDS = Set.of(
            "aliases",
            "assets",
            "data",
            "description",
            "joinable",
            "name",
            "post-provisioning",
            "provides",
            "requires",
            "slug",
            "tags",
            "type",
            "version");

    /** Fields of {@code data} that list variables, with whether these configure the device. */
    private static final Map<String, Boolean> VARIABLES =
            Map.of("applicationEnvironmentVariables", false, "applicationConfigVariables", true);

    /** https://semver.org/spec/v2.0.0.html, 2, 9 and 10. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){2}"
            + "(-(?!0[0-9]+(\\.|\\+|$))[0-9A-Za-z-]+(\\.(?!0[0-9]+(\\.|\\+|$))[0-9A-Za-z-]+)*)?"
            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    private final BuiltFor robot;
    private final Findings findings;

    private ContractReader(BuiltFor robot, Findings findings) {
        this.robot = robot;
        this.findings = findings;
    }

    /**
     * Reads a contract.
     *
     * @param file the name that findings carry
     * @return the contract; empty when it is of no use
     */
    public static Optional<ReleaseContract> read(String file, byte[] document, BuiltFor robot, Findings findings) {
        Optional<YamlNode> root;
        try {
            root = YamlReader.read(file, document);
        } catch (FindingException e) {
            findings.addAll(e.findings());
            return Optional.empty();
        }
        if (root.isPresent() && root.get() instanceof YamlMap map) {
            return Optional.of(new ContractReader(robot, findings).contract(map));
        }
        findings.add(ContractRule.FORM.finding(
                root.map(YamlNode::position).orElse(Position.of(file)),
                "the contract of a release is a mapping",
                "write name:, type: sw.application and version:, or remove the file"));
        return Optional.empty();
    }

    private ReleaseContract contract(YamlMap root) {
        known(root, FIELDS, "");
        text(root, "name");
        text(root, "type")
                .filter(type -> !TYPES.contains(type.text()))
                .ifPresent(type -> form(
                        type,
                        "the type of a release is " + String.join(" or ", TYPES) + ", not " + type.describe(),
                        "write type: sw.application"));
        root.find("version").ifPresent(this::version);
        SortedMap<String, Object> members = new TreeMap<>();
        root.members().forEach((name, member) -> {
            if (name.equals("data")) {
                members.put(name, data(member.value()));
            } else {
                value(member.value()).ifPresent(value -> members.put(name, value));
            }
        });
        return new ReleaseContract(members);
    }

    private void known(YamlMap map, Set<String> fields, String above) {
        map.members().forEach((name, member) -> {
            if (!fields.contains(name)) {
                findings.add(ContractRule.UNKNOWN_FIELD.finding(
                        member.key(),
                        "balena documents no field " + above + name + "; it is passed on as it is",
                        Spelling.nearest(name, fields)
                                .map(word -> "did you mean " + above + word + "?")
                                .orElse("remove it if nothing of yours reads it")));
            }
        });
    }

    /** A field that has to be there. */
    private Optional<YamlScalar> text(YamlMap root, String name) {
        Optional<YamlNode> node = root.find(name);
        if (node.isPresent()
                && node.get() instanceof YamlScalar scalar
                && !scalar.isNull()
                && !scalar.text().isBlank()) {
            return Optional.of(scalar);
        }
        findings.add(ContractRule.FORM.finding(
                root.place(name), "a release's contract needs a " + name, "write " + name + ": " + example(name)));
        return Optional.empty();
    }

    private static String example(String name) {
        return name.equals("type") ? TYPES.get(0) : "my-robot";
    }

    private void version(YamlNode node) {
        boolean isOne = node instanceof YamlScalar scalar
                && VERSION.matcher(scalar.text()).matches();
        if (!isOne) {
            form(
                    node,
                    "balena takes versions of three numbers (semver), not " + node.describe(),
                    "write version: 1.0.0, or 1.0.0-beta.1 for what comes before it");
        }
    }

    private Object data(YamlNode node) {
        if (!(node instanceof YamlMap data)) {
            form(node, "data is " + node.describe() + ", not a mapping", "write its fields below it");
            return Map.of();
        }
        Set<String> fields = new TreeSet<>(VARIABLES.keySet());
        fields.addAll(ContractDevices.FIELDS);
        known(data, fields, "data.");
        SortedMap<String, Object> members = new TreeMap<>();
        data.members().forEach((name, member) -> {
            Boolean configures = VARIABLES.get(name);
            if (configures == null) {
                value(member.value()).ifPresent(value -> members.put(name, value));
            } else {
                members.put(name, new ContractVariables(name, configures, findings).read(member.value()));
            }
        });
        new ContractDevices(robot, findings).check(data);
        return members;
    }

    private void form(YamlNode at, String message, String fix) {
        findings.add(ContractRule.FORM.finding(at.position(), message, fix));
    }

    /** A value as JSON; nothing for null, which JSON's readers take for something else than absence. */
    private static Optional<Object> value(YamlNode node) {
        if (node instanceof YamlMap map) {
            SortedMap<String, Object> members = new TreeMap<>();
            map.members().forEach((name, member) -> value(member.value()).ifPresent(value -> members.put(name, value)));
            return Optional.of(members);
        }
        if (node instanceof YamlList list) {
            return Optional.of(
                    list.items().stream().flatMap(item -> value(item).stream()).toList());
        }
        YamlScalar scalar = (YamlScalar) node;
        if (scalar.isNull()) {
            return Optional.empty();
        }
        Optional<Boolean> truth = scalar.truth();
        if (truth.isPresent()) {
            return Optional.of(truth.get());
        }
        boolean whole = scalar.looksNumeric() && scalar.text().matches("-?(0|[1-9][0-9]{0,14})");
        return Optional.of(whole ? Long.valueOf(scalar.text()) : scalar.text());
    }
}
