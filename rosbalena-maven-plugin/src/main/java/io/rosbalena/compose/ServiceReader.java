package io.rosbalena.compose;

import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a service whose {@code extends} are resolved and whose texts are interpolated. */
record ServiceReader(EnvironmentReader environment) {
    /** The Supervisor's engine counts a quota against 100 ms, in microseconds. */
    private static final long PERIOD = 100_000;

    /** Fields that nobody takes, but for values that leave things as they are. */
    private static final Set<String> EMPTY_IS_NOTHING =
            Set.of("device_cgroup_rules", "expose", "external_links", "links", "storage_opt", "volumes_from");

    private static final Set<String> OFF_IS_NOTHING = Set.of("oom_kill_disable", "stdin_open");

    Service read(String name, Position key, YamlMap map, Reading reading) {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        map.members().forEach((field, member) -> field(field, member, fields, reading));
        ServiceExtension extension = ExtensionReader.service(map.find(ExtensionReader.KEY), reading);
        put("environment", environment.environment(map, extension.secrets(), reading), fields);
        Map<String, String> labels = new TreeMap<>(environment.labels(map, reading));
        map.find("volumes").ifPresent(node -> {
            VolumesReader.Result result = VolumesReader.read(node, reading);
            fields.put("volumes", FieldValue.texts(result.volumes()));
            result.labels().forEach(label -> labels.putIfAbsent(label, "1"));
            join("tmpfs", result.tmpfs(), fields);
        });
        put("labels", labels, fields);
        quota(map, fields, reading);
        fields.entrySet().removeIf(field -> isEmpty(field.getKey(), field.getValue()));
        return new Service(
                name,
                map.find("build").flatMap(node -> BuildReader.read(node, reading)),
                map.find("image").flatMap(node -> reading.text(node, "image", "image: name:tag")),
                extension,
                fields,
                Places.of(key, map));
    }

    private static void field(
            String field, YamlMap.Member member, SortedMap<String, FieldValue> fields, Reading reading) {
        if (field.startsWith("x-") || ServiceFields.RESOLVED.contains(field) || isNull(member.value())) {
            return;
        }
        FieldType type = ServiceFields.TAKEN.get(field);
        if (type != null) {
            if (!field.equals("environment") && !field.equals("labels")) {
                type.read(field, member.value(), reading).ifPresent(value -> fields.put(field, value));
            }
            return;
        }
        if (saysNothing(field, member.value())) {
            return;
        }
        report(ComposeRule.REFUSED_FIELD, "balena refuses " + field, ServiceFields.REFUSED, field, member, reading);
        report(
                ComposeRule.RELEASE_REJECTED,
                field + " makes older Supervisors reject the whole release",
                ServiceFields.REJECTED,
                field,
                member,
                reading);
        report(
                ComposeRule.DROPPED_FIELD,
                field + " has no effect on balena",
                ServiceFields.DROPPED,
                field,
                member,
                reading);
        if (!ServiceFields.REFUSED.containsKey(field)
                && !ServiceFields.REJECTED.containsKey(field)
                && !ServiceFields.DROPPED.containsKey(field)) {
            reading.report(
                    ComposeRule.UNKNOWN_FIELD,
                    member.key(),
                    "compose has no field " + field + " in a service",
                    ServiceFields.similar(field)
                            .map(similar -> "did you mean " + similar + "?")
                            .orElse("remove it, or write it as x-" + field + " if it is for another tool"));
        }
    }

    /** Whether a field's value is the same as no such field, to every tool that reads it. */
    private static boolean saysNothing(String field, YamlNode node) {
        return node instanceof YamlScalar scalar
                ? OFF_IS_NOTHING.contains(field) && scalar.truth().equals(Optional.of(false))
                : EMPTY_IS_NOTHING.contains(field) && isEmpty(node);
    }

    private static boolean isEmpty(YamlNode node) {
        return (node instanceof YamlList list && list.items().isEmpty())
                || (node instanceof YamlMap map && map.members().isEmpty());
    }

    private static void report(
            ComposeRule rule,
            String message,
            Map<String, String> fixes,
            String field,
            YamlMap.Member member,
            Reading reading) {
        String fix = fixes.get(field);
        if (fix != null) {
            reading.report(rule, member.key(), message, fix);
        }
    }

    /** {@code cpus}, and {@code cpu_quota} with {@code cpu_period}, become the {@code cpu_quota} of 100 ms. */
    private static void quota(YamlMap map, SortedMap<String, FieldValue> fields, Reading reading) {
        Optional<Double> cpus = map.find("cpus").flatMap(node -> positive("cpus", node, "1.5", reading));
        Optional<Double> period =
                map.find("cpu_period").flatMap(node -> positive("cpu_period", node, "100000", reading));
        long quota = -1;
        if (cpus.isPresent()) {
            quota = Math.round(cpus.get() * PERIOD);
            fields.remove("cpu_quota");
        } else if (period.isPresent() && fields.get("cpu_quota") instanceof FieldValue.Whole stated) {
            quota = Math.round(stated.value() / period.get() * PERIOD);
        } else if (period.isPresent()) {
            reading.report(
                    ComposeRule.DROPPED_FIELD,
                    map.place("cpu_period"),
                    "cpu_period without cpu_quota limits nothing",
                    "write cpu_quota: 100000 for one core, or remove it");
        }
        if (quota > 0) {
            fields.put("cpu_quota", new FieldValue.Whole(quota));
            reading.report(
                    ComposeRule.CHANGED_VALUE,
                    map.place(cpus.isPresent() ? "cpus" : "cpu_period"),
                    (cpus.isPresent() ? "cpus" : "cpu_quota with cpu_period") + " becomes cpu_quota: " + quota
                            + ", of the 100000 that are one core",
                    "write cpu_quota: " + quota);
        }
    }

    private static Optional<Double> positive(String field, YamlNode node, String example, Reading reading) {
        if (node instanceof YamlScalar scalar && scalar.text().strip().matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
            double value = Double.parseDouble(scalar.text().strip());
            if (value > 0) {
                return Optional.of(value);
            }
        }
        if (!isNull(node)) {
            reading.wrong(node, field, "a number above 0", field + ": " + example);
        }
        return Optional.empty();
    }

    private static void put(String field, Map<String, String> texts, SortedMap<String, FieldValue> fields) {
        fields.put(field, FieldValue.texts(texts));
    }

    private static void join(String field, Set<String> more, SortedMap<String, FieldValue> fields) {
        Set<String> all = new LinkedHashSet<>(more);
        if (fields.get(field) instanceof FieldValue.Sequence sequence) {
            all.addAll(sequence.texts());
        }
        fields.put(field, FieldValue.texts(all.stream().sorted().toList()));
    }

    /** An empty command says "no arguments"; every other empty value says nothing. */
    private static boolean isEmpty(String field, FieldValue value) {
        if (field.equals("command") || field.equals("entrypoint")) {
            return false;
        }
        return (value instanceof FieldValue.Sequence sequence
                        && sequence.items().isEmpty())
                || (value instanceof FieldValue.Mapping mapping
                        && mapping.members().isEmpty());
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.isNull();
    }
}
