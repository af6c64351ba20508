package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code healthcheck}: a text is given to the shell, a list says how it is run. */
final class HealthcheckType {
    private static final Map<String, FieldType> FIELDS = Map.of(
            "test", HealthcheckType::test,
            "interval", ScalarTypes.DURATION,
            "timeout", ScalarTypes.DURATION,
            "start_period", ScalarTypes.DURATION,
            "retries", ScalarTypes.whole(0, 1_000_000),
            "disable", ScalarTypes.FLAG);

    static final FieldType TYPE = (field, node, reading) -> {
        SortedMap<String, FieldValue> members = new TreeMap<>();
        reading.map(node, field, "healthcheck: {test: [CMD, true]}")
                .ifPresent(map -> map.members().forEach((key, member) -> {
                    FieldType type = FIELDS.get(key);
                    if (type != null) {
                        type.read(field + "." + key, member.value(), reading)
                                .ifPresent(value -> members.put(key, value));
                    } else if (key.equals("start_interval")) {
                        reading.report(
                                ComposeRule.RELEASE_REJECTED,
                                member.key(),
                                "start_interval makes older Supervisors reject the whole release",
                                "remove it; use start_period and interval");
                    } else {
                        reading.report(
                                ComposeRule.UNKNOWN_FIELD,
                                member.key(),
                                "healthcheck has no field " + key,
                                "its fields are " + String.join(", ", new TreeMap<>(FIELDS).keySet()));
                    }
                }));
        boolean disabled = new FieldValue.Flag(true).equals(members.get("disable"))
                || FieldValue.texts(List.of("NONE")).equals(members.get("test"));
        if (disabled) {
            members.clear();
            members.put("disable", new FieldValue.Flag(true));
        } else {
            members.remove("disable");
            if (!members.isEmpty() && !members.containsKey("test")) {
                reading.report(
                        ComposeRule.WRONG_VALUE,
                        node.position(),
                        "a healthcheck without test clears the image's test on the device",
                        "state the test here too");
            }
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(new FieldValue.Mapping(members));
    };

    private HealthcheckType() {}

    private static Optional<FieldValue> test(String field, YamlNode node, Reading reading) {
        if (node instanceof YamlScalar scalar && !scalar.isNull()) {
            return Optional.of(FieldValue.texts(List.of("CMD-SHELL", scalar.text())));
        }
        if (node instanceof YamlList list && !list.items().isEmpty()) {
            List<String> texts = reading.scalars(node, field, "[CMD, program]").stream()
                    .map(YamlScalar::text)
                    .toList();
            if (!texts.isEmpty() && List.of("CMD", "CMD-SHELL", "NONE").contains(texts.get(0))) {
                return Optional.of(FieldValue.texts(texts));
            }
        }
        reading.wrong(node, field, "a text, or a list that begins with CMD, CMD-SHELL or NONE", "test: [CMD, program]");
        return Optional.empty();
    }
}
