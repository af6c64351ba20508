package io.rosbalena.compose;

import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fields that are mappings of their own shape. */
final class MappingTypes {
    private static final FieldType LIMIT = ScalarTypes.whole(-1, Long.MAX_VALUE);

    /** {@code memlock: -1} or {@code {soft: 1, hard: 2}}. */
    static final FieldType ULIMITS = (field, node, reading) -> {
        SortedMap<String, FieldValue> limits = new TreeMap<>();
        reading.map(node, field, "ulimits: {memlock: -1}")
                .ifPresent(map -> map.members()
                        .forEach((name, member) -> limit(field + "." + name, member.value(), reading)
                                .ifPresent(limit -> limits.put(name, limit))));
        return Optional.of(new FieldValue.Mapping(limits));
    };

    /** A list of names, or a mapping in which each is required and only its start is awaited. */
    static final FieldType DEPENDS_ON = (field, node, reading) -> {
        TreeSet<String> names = new TreeSet<>();
        if (node instanceof YamlMap map) {
            map.members().forEach((name, member) -> {
                names.add(name);
                condition(name, member.value(), reading);
            });
        } else {
            for (YamlScalar name : reading.scalars(node, field, "depends_on: [camera]")) {
                if (!names.add(name.text())) {
                    reading.report(
                            ComposeRule.WRONG_VALUE,
                            name.position(),
                            "depends_on names " + name.text() + " twice",
                            "remove one");
                }
            }
        }
        return Optional.of(FieldValue.texts(names));
    };

    /** A list of names, or a mapping with aliases and an IPv4 address. */
    static final FieldType NETWORKS = (field, node, reading) -> {
        SortedMap<String, FieldValue> networks = new TreeMap<>();
        if (node instanceof YamlMap map) {
            map.members().forEach((name, member) -> networks.put(name, attachment(name, member.value(), reading)));
        } else {
            reading.scalars(node, field, "networks: [lan]")
                    .forEach(name -> networks.put(name.text(), new FieldValue.Mapping(new TreeMap<>())));
        }
        return Optional.of(new FieldValue.Mapping(networks));
    };

    private MappingTypes() {}

    private static Optional<FieldValue> limit(String field, YamlNode node, Reading reading) {
        if (!(node instanceof YamlMap map)) {
            return LIMIT.read(field, node, reading);
        }
        Optional<FieldValue> soft = map.find("soft").flatMap(value -> LIMIT.read(field + ".soft", value, reading));
        Optional<FieldValue> hard = map.find("hard").flatMap(value -> LIMIT.read(field + ".hard", value, reading));
        if (soft.isEmpty() || hard.isEmpty() || map.members().size() != 2) {
            reading.wrong(node, field, "soft and hard", field + ": {soft: 1024, hard: 2048}");
            return Optional.empty();
        }
        if (soft.equals(hard)) {
            return soft;
        }
        SortedMap<String, FieldValue> limits = new TreeMap<>();
        limits.put("hard", hard.get());
        limits.put("soft", soft.get());
        return Optional.of(new FieldValue.Mapping(limits));
    }

    private static void condition(String name, YamlNode node, Reading reading) {
        if (!(node instanceof YamlMap map)) {
            reading.map(node, "depends_on " + name, "depends_on: [" + name + "]");
            return;
        }
        map.members().forEach((key, member) -> {
            String value = member.value() instanceof YamlScalar scalar ? scalar.text() : "";
            boolean taken = switch (key) {
                case "condition" -> value.equals("service_started");
                case "required" -> value.equals("true");
                case "restart" -> value.equals("false");
                default -> false;
            };
            if (!taken) {
                reading.report(
                        ComposeRule.DEPENDENCY_CONDITION,
                        member.key(),
                        "the Supervisor waits only for the start of " + name + ", not for " + key + ": " + value,
                        "write depends_on: [" + name + "] and let the program wait or retry by itself");
            }
        });
    }

    private static FieldValue attachment(String name, YamlNode node, Reading reading) {
        SortedMap<String, FieldValue> members = new TreeMap<>();
        reading.map(node, "networks." + name, name + ": {aliases: [camera]}")
                .ifPresent(map -> map.members().forEach((key, member) -> {
                    switch (key) {
                        case "aliases" ->
                            ListTypes.SET
                                    .read(key, member.value(), reading)
                                    .ifPresent(value -> members.put(key, value));
                        case "ipv4_address" ->
                            ScalarTypes.TEXT
                                    .read(key, member.value(), reading)
                                    .ifPresent(value -> members.put(key, value));
                        case "link_local_ips" ->
                            reading.report(
                                    ComposeRule.REFUSED_FIELD,
                                    member.key(),
                                    "balena does not take link_local_ips",
                                    "remove it");
                        default -> {
                            boolean rejected = List.of(
                                            "ipv6_address", "mac_address", "driver_opts", "gw_priority", "priority")
                                    .contains(key);
                            reading.report(
                                    rejected ? ComposeRule.RELEASE_REJECTED : ComposeRule.UNKNOWN_FIELD,
                                    member.key(),
                                    rejected
                                            ? key + " makes older Supervisors reject the whole release"
                                            : "a service's network has no field " + key,
                                    "use aliases and ipv4_address");
                        }
                    }
                }));
        members.values()
                .removeIf(value -> value instanceof FieldValue.Sequence list
                        && list.items().isEmpty());
        return new FieldValue.Mapping(members);
    }
}
