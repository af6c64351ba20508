package io.rosbalena.compose;

import io.rosbalena.finding.Spelling;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads {@code x-rosbalena}, the only place for what compose has no word for. */
final class ExtensionReader {
    static final String KEY = "x-rosbalena";

    /** The largest domain whose ports stay below 65536: RTPS 2.2 §9.6.1.1. */
    private static final int LARGEST_DOMAIN = 232;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final List<String> STRATEGIES = List.of("host", "unicast", "loopback");

    private ExtensionReader() {}

    static ServiceExtension service(Optional<YamlNode> node, Reading reading) {
        Optional<YamlMap> map = node.flatMap(value -> reading.map(value, KEY, KEY + ": {packages: [a]}"));
        if (map.isEmpty()) {
            return ServiceExtension.NONE;
        }
        only(map.get(), List.of("packages", "apt", "files", "hardware", "secrets"), reading);
        return new ServiceExtension(
                map.get().find("packages").map(value -> texts("packages", value, reading)),
                map.get().find("apt").map(value -> texts("apt", value, reading)).orElse(List.of()),
                map.get().find("files").map(value -> files(value, reading)).orElse(List.of()),
                map.get()
                        .find("hardware")
                        .map(value -> hardware(value, reading))
                        .orElse(List.of()),
                map.get().find("secrets").map(value -> secrets(value, reading)).orElse(List.of()));
    }

    static ProjectExtension project(Optional<YamlNode> node, Reading reading) {
        Optional<YamlMap> map = node.flatMap(value -> reading.map(value, KEY, KEY + ": {ros-domain-id: 7}"));
        if (map.isEmpty()) {
            return ProjectExtension.NONE;
        }
        only(map.get(), List.of("ros-domain-id", "rmw", "dds", "hardware"), reading);
        OptionalInt domain = map.get()
                .find("ros-domain-id")
                .flatMap(value -> ScalarTypes.whole(0, LARGEST_DOMAIN).read("ros-domain-id", value, reading))
                .map(value -> OptionalInt.of(Math.toIntExact(((FieldValue.Whole) value).value())))
                .orElse(OptionalInt.empty());
        return new ProjectExtension(
                domain,
                map.get().find("rmw").flatMap(value -> reading.text(value, "rmw", "rmw: rmw_cyclonedds_cpp")),
                map.get().find("dds").flatMap(value -> strategy(value, reading)),
                map.get()
                        .find("hardware")
                        .map(value -> hardware(value, reading))
                        .orElse(List.of()));
    }

    private static Optional<String> strategy(YamlNode node, Reading reading) {
        if (node instanceof YamlScalar scalar && STRATEGIES.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        reading.report(
                ComposeRule.EXTENSION,
                node.position(),
                "dds is host, unicast or loopback, not " + node.describe(),
                "write dds: host");
        return Optional.empty();
    }

    private static List<String> texts(String field, YamlNode node, Reading reading) {
        return reading.scalars(node, KEY + "." + field, field + ": [name]").stream()
                .map(scalar -> scalar.text().strip())
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> hardware(YamlNode node, Reading reading) {
        List<String> words = new ArrayList<>(texts("hardware", node, reading));
        words.removeIf(word -> {
            Optional<HardwareWord> known = HardwareWord.find(word);
            if (known.isEmpty()) {
                reading.report(
                        ComposeRule.HARDWARE_WORD,
                        place(node, word),
                        "there is no hardware " + word,
                        Spelling.nearest(word, HardwareWord.words())
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("hardware is " + String.join(", ", HardwareWord.words())
                                        + "; what has no word, name under devices:"));
            }
            return known.isEmpty();
        });
        return words;
    }

    private static List<String> secrets(YamlNode node, Reading reading) {
        List<String> names = new ArrayList<>(texts("secrets", node, reading));
        names.removeIf(name -> {
            boolean wrong = !VARIABLE.matcher(name).matches();
            if (wrong) {
                // Somebody may have written the value here, so it is not told.
                reading.report(
                        ComposeRule.EXTENSION,
                        place(node, name),
                        KEY + ".secrets names variables of the environment, without their values",
                        "write secrets: [API_TOKEN]");
            }
            return wrong;
        });
        names.forEach(name -> reading.report(
                ComposeRule.SECRET_VARIABLE,
                place(node, name),
                name + " is secret: it stands in no manifest",
                "set it for the fleet or the device: balena env set " + name + " VALUE --fleet FLEET --service "
                        + reading.service()));
        return names;
    }

    private static Position place(YamlNode list, String word) {
        return list instanceof YamlList items
                ? items.items().stream()
                        .filter(item -> item instanceof YamlScalar scalar
                                && scalar.text().strip().equals(word))
                        .findFirst()
                        .orElse(list)
                        .position()
                : list.position();
    }

    private static List<FileCopy> files(YamlNode node, Reading reading) {
        List<FileCopy> files = new ArrayList<>();
        for (YamlScalar item :
                reading.scalars(node, KEY + ".files", "files: [\"config/map.yaml:/ros2_ws/map.yaml\"]")) {
            FileCopy.parse(item.text(), item.position())
                    .ifPresentOrElse(
                            files::add,
                            () -> reading.report(
                                    ComposeRule.EXTENSION,
                                    item.position(),
                                    item.describe() + " is not SRC:/ABSOLUTE[:MODE] with SRC inside the project",
                                    "write \"config/map.yaml:/ros2_ws/map.yaml\" or \"tool.sh:/usr/local/bin/tool:0755\""));
        }
        return files;
    }

    private static void only(YamlMap map, List<String> known, Reading reading) {
        map.members().forEach((key, member) -> {
            if (!known.contains(key)) {
                reading.report(
                        ComposeRule.EXTENSION,
                        member.key(),
                        KEY + " has no key " + key + " here",
                        "its keys here are " + String.join(", ", known));
            }
        });
    }
}
