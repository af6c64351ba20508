package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Fields of several texts: lists, and mappings that may also be written as lists of {@code NAME=value}. */
final class ListTypes {
    /** Texts whose order matters. */
    static final FieldType ORDERED = (field, node, reading) ->
            Optional.of(FieldValue.texts(reading.scalars(node, field, field + ": [first, second]").stream()
                    .map(YamlScalar::text)
                    .distinct()
                    .toList()));

    /** Texts whose order means nothing. */
    static final FieldType SET = set(UnaryOperator.identity());

    /** {@code NAME: value} or a list of {@code NAME=value}. */
    static final FieldType MAPPING =
            (field, node, reading) -> Optional.of(FieldValue.texts(texts(pairs(field, node, reading, "="))));

    /** Capabilities, with or without {@code CAP_}. */
    static final FieldType CAPABILITIES = set(name -> {
        String upper = name.strip().toUpperCase(java.util.Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
    });

    /** {@code host:address}, {@code host=address} or a mapping; the normal form is {@code host:address}. */
    static final FieldType EXTRA_HOSTS = (field, node, reading) -> {
        TreeSet<String> hosts = new TreeSet<>();
        if (node instanceof YamlMap map) {
            map.members()
                    .forEach((host, member) -> reading.scalars(member.value(), field, "host: 192.168.1.2")
                            .forEach(address -> hosts.add(host + ":" + address.text())));
        } else {
            for (YamlScalar entry : reading.scalars(node, field, "[\"host:192.168.1.2\"]")) {
                String text = entry.text().replaceFirst("=", ":");
                if (text.indexOf(':') > 0) {
                    hosts.add(text);
                } else {
                    reading.wrong(entry, field, "host:address", "[\"host:192.168.1.2\"]");
                }
            }
        }
        return Optional.of(FieldValue.texts(hosts));
    };

    private static final Pattern SECURITY_OPTION =
            Pattern.compile("no-new-privileges([:=].*)?|(apparmor|seccomp)[:=]unconfined");

    static final FieldType SECURITY_OPTIONS = (field, node, reading) -> {
        TreeSet<String> options = new TreeSet<>();
        for (YamlScalar option : reading.scalars(node, field, "[\"no-new-privileges\"]")) {
            if (SECURITY_OPTION.matcher(option.text()).matches()) {
                options.add(option.text().replaceFirst(":", "="));
            } else {
                reading.report(
                        ComposeRule.REFUSED_FIELD,
                        option.position(),
                        "balena does not take security_opt " + option.describe(),
                        "use no-new-privileges, apparmor=unconfined or seccomp=unconfined, or remove it");
            }
        }
        return Optional.of(FieldValue.texts(options));
    };

    /** Paths; options behind a colon are refused, because the Supervisor takes the whole text for the path. */
    static final FieldType TMPFS = (field, node, reading) -> {
        TreeSet<String> paths = new TreeSet<>();
        for (YamlScalar path : reading.scalars(node, field, "[/run]")) {
            if (path.text().indexOf(':') >= 0) {
                reading.report(
                        ComposeRule.VOLUME_FORM,
                        path.position(),
                        "the Supervisor takes no options of a tmpfs: " + path.describe(),
                        "write the path alone, and limit memory with mem_limit");
            } else if (!path.text().startsWith("/")) {
                reading.wrong(path, field, "an absolute path", "tmpfs: [/run]");
            } else {
                paths.add(path.text());
            }
        }
        return Optional.of(FieldValue.texts(paths));
    };

    private ListTypes() {}

    private static FieldType set(UnaryOperator<String> normal) {
        return (field, node, reading) -> {
            TreeSet<String> texts = new TreeSet<>();
            reading.scalars(node, field, field + ": [first, second]")
                    .forEach(scalar -> texts.add(normal.apply(scalar.text())));
            return Optional.of(FieldValue.texts(texts));
        };
    }

    /** The members of a mapping or of a list of {@code NAME=value}; a name without value is a null scalar. */
    static Map<String, YamlScalar> pairs(String field, YamlNode node, Reading reading, String separator) {
        Map<String, YamlScalar> pairs = new LinkedHashMap<>();
        if (node instanceof YamlMap map) {
            map.members().forEach((name, member) -> {
                if (member.value() instanceof YamlScalar scalar) {
                    pairs.put(name, scalar);
                } else {
                    reading.wrong(member.value(), field + " " + name, "a text", name + ": value");
                }
            });
        } else if (node instanceof YamlList list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlScalar scalar && !scalar.text().isBlank()) {
                    int end = scalar.text().indexOf(separator);
                    String name = (end < 0 ? scalar.text() : scalar.text().substring(0, end)).strip();
                    boolean none = end < 0;
                    pairs.put(
                            name,
                            new YamlScalar(
                                    none ? "" : scalar.text().substring(end + 1),
                                    none,
                                    scalar.position(),
                                    scalar.tag()));
                } else {
                    reading.wrong(item, field, "NAME=value", "- NAME=value");
                }
            }
        } else {
            reading.map(node, field, "NAME: value");
        }
        return pairs;
    }

    /** The texts of pairs; null is the empty text. */
    static Map<String, String> texts(Map<String, YamlScalar> pairs) {
        Map<String, String> texts = new TreeMap<>();
        pairs.forEach((name, scalar) -> texts.put(name, scalar.isNull() ? "" : scalar.text()));
        return texts;
    }
}
