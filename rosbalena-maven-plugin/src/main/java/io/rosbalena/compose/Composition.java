package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resolved manifest as the JSON that balena's API and a Supervisor take.
 *
 * @param members plain values, members sorted at every depth
 */
public record Composition(SortedMap<String, Object> members) {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    /**
     * Reads what {@link ManifestEmitter} wrote.
     *
     * @param file its name, for messages
     */
    public static Composition read(String file, byte[] manifest) {
        Optional<YamlNode> root = YamlReader.read(file, manifest);
        SortedMap<String, Object> members = new TreeMap<>();
        if (root.isPresent() && root.get() instanceof YamlMap map) {
            map.members().forEach((name, member) -> {
                Object value = plain(member.value());
                if (value != null) {
                    members.put(name, value);
                }
            });
        }
        return new Composition(members);
    }

    /** What is said of a service; nothing for one that there is not. */
    public SortedMap<String, Object> service(String name) {
        return mapping(mapping(members.get("services")).get(name));
    }

    /** The services, by name. */
    public SortedMap<String, Object> services() {
        return mapping(members.get("services"));
    }

    /** The texts of a mapping of texts of a service, such as its {@code environment} or {@code labels}. */
    public SortedMap<String, String> texts(String service, String field) {
        SortedMap<String, String> texts = new TreeMap<>();
        mapping(service(service).get(field)).forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    private static SortedMap<String, Object> mapping(@Nullable Object value) {
        SortedMap<String, Object> mapping = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> mapping.put(String.valueOf(name), member));
        }
        return mapping;
    }

    private static @Nullable Object plain(YamlNode node) {
        if (node instanceof YamlMap map) {
            SortedMap<String, @Nullable Object> members = new TreeMap<>();
            map.members().forEach((name, member) -> members.put(name, plain(member.value())));
            return members;
        }
        if (node instanceof YamlList list) {
            return list.items().stream().map(Composition::plain).toList();
        }
        YamlScalar scalar = (YamlScalar) node;
        if (scalar.isNull()) {
            return null;
        }
        if (scalar.truth().isPresent()) {
            return scalar.truth().get();
        }
        return scalar.plain() && WHOLE.matcher(scalar.text()).matches()
                ? (Object) Long.valueOf(scalar.text())
                : scalar.text();
    }
}
