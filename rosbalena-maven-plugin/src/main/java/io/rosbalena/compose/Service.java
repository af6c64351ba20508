package io.rosbalena.compose;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service: where its image comes from, and its fields in normal form.
 *
 * @param name name in the file
 * @param build the folder that its image is made from
 * @param image reference of a finished image
 * @param extension what {@code x-rosbalena} says
 * @param fields the fields that stand in the manifest, by name
 * @param places where they stand
 */
public record Service(
        String name,
        Optional<Build> build,
        Optional<String> image,
        ServiceExtension extension,
        SortedMap<String, FieldValue> fields,
        Places places) {
    /** Time between stop signal and kill where a service states none. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    public Service {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** The service with a field set. */
    public Service with(String field, FieldValue value) {
        SortedMap<String, FieldValue> changed = new TreeMap<>(fields);
        changed.put(field, value);
        return new Service(name, build, image, extension, changed, places);
    }

    /** The service with a variable of its environment set. */
    public Service withEnvironment(String variable, String value) {
        Map<String, String> changed = new TreeMap<>(environment());
        changed.put(variable, value);
        return with("environment", FieldValue.texts(changed));
    }

    /** Whether it runs a finished image, not one that is built from packages. */
    public boolean isForeign() {
        return image.isPresent() && build.isEmpty();
    }

    /** The text of a field, for example {@code restart} or {@code network_mode}. */
    public Optional<String> text(String field) {
        return fields.get(field) instanceof FieldValue.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** Whether a field is stated and true. */
    public boolean flag(String field) {
        return fields.get(field) instanceof FieldValue.Flag flag && flag.value();
    }

    /** The texts of a field, for example {@code cap_add}; none if it is not stated. */
    public List<String> texts(String field) {
        return fields.get(field) instanceof FieldValue.Sequence sequence ? sequence.texts() : List.of();
    }

    /** The arguments of {@code command} or {@code entrypoint}; empty if it is not stated. */
    public Optional<List<String>> arguments(String field) {
        return fields.containsKey(field) ? Optional.of(texts(field)) : Optional.empty();
    }

    /** The arguments of {@code command}; empty if it is not stated. */
    public Optional<List<String>> command() {
        return arguments("command");
    }

    /** The arguments of {@code entrypoint}; empty if it is not stated. */
    public Optional<List<String>> entrypoint() {
        return arguments("entrypoint");
    }

    /** The variables of its environment. */
    public Map<String, String> environment() {
        return mapping("environment");
    }

    /** Its labels. */
    public Map<String, String> labels() {
        return mapping("labels");
    }

    /** Its named volumes. */
    public List<VolumeMount> volumes() {
        return texts("volumes").stream()
                .flatMap(text -> VolumeMount.parse(text).stream())
                .toList();
    }

    /** Its devices. */
    public List<DeviceMapping> devices() {
        return texts("devices").stream()
                .flatMap(text -> DeviceMapping.parse(text).stream())
                .toList();
    }

    /** Its published ports. */
    public List<PortMapping> ports() {
        return texts("ports").stream()
                .flatMap(text -> PortMapping.parse(text).stream())
                .toList();
    }

    /** The services that start before it. */
    public List<String> dependsOn() {
        return texts("depends_on");
    }

    /** The networks that it names. */
    public List<String> networks() {
        return fields.get("networks") instanceof FieldValue.Mapping networks
                ? List.copyOf(networks.members().keySet())
                : List.of();
    }

    /** Time between stop signal and kill. */
    public Duration stopGracePeriod() {
        return text("stop_grace_period")
                .flatMap(TimeSpan::parse)
                .map(TimeSpan::duration)
                .orElse(DEFAULT_GRACE);
    }

    private Map<String, String> mapping(String field) {
        Map<String, String> texts = new TreeMap<>();
        if (fields.get(field) instanceof FieldValue.Mapping mapping) {
            mapping.members().forEach((name, value) -> {
                if (value instanceof FieldValue.Text text) {
                    texts.put(name, text.text());
                }
            });
        }
        return Collections.unmodifiableMap(texts);
    }
}
