package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device of the host that a container sees.
 *
 * @param source absolute path on the host
 * @param target absolute path in the container
 * @param permissions letters of {@code rwm}: read, write, make
 */
public record DeviceMapping(String source, String target, String permissions) {
    private static final Pattern SHORT = Pattern.compile("(/[^:]*)(?::(/[^:]*))?(?::([rwm]{1,3}))?");

    static final FieldType TYPE = (field, node, reading) -> {
        Map<String, String> devices = new TreeMap<>();
        List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            String text = item instanceof YamlScalar scalar
                    ? scalar.text()
                    : item instanceof YamlMap map ? longForm(map) : "";
            Optional<DeviceMapping> device = parse(text);
            if (device.isEmpty()) {
                reading.wrong(item, field, "/host/path[:/container/path[:rwm]]", "- /dev/video0:/dev/video0");
            } else if (devices.put(device.get().target(), device.get().print()) != null) {
                reading.report(
                        ComposeRule.DUPLICATE_TARGET,
                        item.position(),
                        "two devices have the path " + device.get().target() + " in the container",
                        "give each its own path");
            }
        }
        return Optional.of(FieldValue.texts(devices.values()));
    };

    /** Reads the short form; empty if it is none, or names a device in CDI's form, which balena does not know. */
    public static Optional<DeviceMapping> parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String source = matcher.group(1);
        String target = matcher.group(2) == null ? source : matcher.group(2);
        return Optional.of(new DeviceMapping(source, target, matcher.group(3) == null ? "rwm" : matcher.group(3)));
    }

    private static String longForm(YamlMap map) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("source", "target", "permissions")) {
            map.find(name)
                    .filter(YamlScalar.class::isInstance)
                    .ifPresent(node -> text.append(text.isEmpty() ? "" : ":").append(((YamlScalar) node).text()));
        }
        return text.toString();
    }

    /** {@code /dev/a:/dev/b}, with permissions where they are not all. */
    public String print() {
        return source + ":" + target + (permissions.equals("rwm") ? "" : ":" + permissions);
    }
}
