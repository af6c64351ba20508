package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code volumes} of a service, of which named volumes stay, mounts of the host that have a feature label become that
 * label, and tmpfs mounts join {@code tmpfs}; all others are refused.
 */
final class VolumesReader {
    private final Reading reading;
    private final Map<String, VolumeMount> byTarget = new TreeMap<>();
    private final Map<String, YamlNode> binds = new HashMap<>();
    private final Set<String> tmpfs = new TreeSet<>();

    private VolumesReader(Reading reading) {
        this.reading = reading;
    }

    /** What came of the list: mounts in the short form, labels to set, paths of tmpfs. */
    record Result(List<String> volumes, Set<String> labels, Set<String> tmpfs) {}

    static Result read(YamlNode node, Reading reading) {
        VolumesReader volumes = new VolumesReader(reading);
        if (node instanceof YamlList list) {
            list.items().forEach(volumes::item);
        } else if (!(node instanceof YamlScalar scalar && scalar.isNull())) {
            reading.wrong(node, "volumes", "a list", "volumes: [\"data:/data\"]");
        }
        Set<String> labels = volumes.labels();
        return new Result(
                volumes.byTarget.values().stream().map(VolumeMount::print).toList(), labels, volumes.tmpfs);
    }

    private void item(YamlNode node) {
        if (node instanceof YamlMap map) {
            longForm(map);
        } else if (node instanceof YamlScalar scalar && !scalar.isNull()) {
            shortForm(scalar);
        } else {
            reading.wrong(node, "a volume", "name:/path", "- data:/data");
        }
    }

    private void shortForm(YamlScalar scalar) {
        String[] parts = scalar.text().split(":", -1);
        if (parts.length == 1) {
            refuse(scalar, "an anonymous volume is lost with its container", "name it: data:" + scalar.text());
            return;
        }
        if (isPath(parts[0])) {
            bind(scalar, parts[0]);
            return;
        }
        boolean readOnly = false;
        for (String option : parts.length > 2 ? parts[2].split(",", -1) : new String[0]) {
            switch (option) {
                case "ro" -> readOnly = true;
                case "rw" -> {}
                case "z", "Z", "cached", "delegated", "consistent" ->
                    reading.report(
                            ComposeRule.CHANGED_VALUE,
                            scalar.position(),
                            "the option " + option + " means nothing on balena",
                            "remove it");
                default -> {
                    refuse(
                            scalar,
                            "balena does not know the volume option " + option,
                            "write name:/path or name:/path:ro");
                    return;
                }
            }
        }
        volume(scalar, parts[0], parts[1], readOnly);
    }

    private void longForm(YamlMap map) {
        String type = text(map, "type");
        String source = text(map, "source");
        String target = text(map, "target");
        boolean readOnly = text(map, "read_only").equals("true");
        map.members().forEach((key, member) -> {
            boolean empty = member.value() instanceof YamlMap options
                    && options.members().isEmpty();
            if (!List.of("type", "source", "target", "read_only", "consistency").contains(key)
                    && !(key.equals("bind") && type.equals("bind"))
                    && !empty) {
                reading.report(
                        ComposeRule.VOLUME_FORM,
                        member.key(),
                        "balena takes no options of a volume: " + key,
                        "write name:/path or name:/path:ro");
            }
        });
        switch (type) {
            case "volume" -> {
                if (source.isEmpty()) {
                    refuse(map, "an anonymous volume is lost with its container", "state its source");
                } else {
                    volume(map, source, target, readOnly);
                }
            }
            case "bind" -> bind(map, source);
            case "tmpfs" -> {
                if (target.startsWith("/")) {
                    tmpfs.add(target);
                } else {
                    refuse(map, "a tmpfs needs an absolute target", "write target: /run");
                }
            }
            default -> refuse(map, "a volume is of type volume, bind or tmpfs, not " + type, "write name:/path");
        }
    }

    private void volume(YamlNode at, String name, String target, boolean readOnly) {
        if (!target.startsWith("/")) {
            refuse(
                    at,
                    "the target of a volume is an absolute path, not \"" + target + "\"",
                    "write " + name + ":/data");
            return;
        }
        VolumeMount mount = new VolumeMount(name, target, readOnly);
        VolumeMount other = byTarget.put(target, mount);
        if (other != null) {
            reading.report(
                    ComposeRule.DUPLICATE_TARGET,
                    at.position(),
                    "two volumes are mounted at " + target + ": " + other.volume() + " and " + name,
                    "give each its own path");
        }
    }

    private void bind(YamlNode at, String source) {
        String path = source.length() > 1 && source.endsWith("/") ? source.substring(0, source.length() - 1) : source;
        if (BindMounts.feature(path).isPresent()) {
            binds.put(path, at);
        } else {
            reading.report(
                    ComposeRule.BIND_MOUNT,
                    at.position(),
                    "balena mounts no paths of the host: " + source,
                    BindMounts.advice(path));
        }
    }

    private Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        binds.forEach((source, node) -> BindMounts.feature(source).ifPresent(feature -> {
            if (binds.keySet().containsAll(feature.sources())) {
                labels.add(feature.label());
                reading.report(
                        ComposeRule.BIND_BECAME_LABEL,
                        node.position(),
                        "the mount of " + source + " becomes the label " + feature.label() + ": \"1\"; "
                                + feature.effect(),
                        "write the label instead of the mount");
            } else {
                reading.report(
                        ComposeRule.BIND_MOUNT,
                        node.position(),
                        "balena mounts " + source + " only together with " + String.join(", ", feature.sources()),
                        "write the label " + feature.label() + ": \"1\" instead");
            }
        }));
        return labels;
    }

    private void refuse(YamlNode at, String message, String fix) {
        reading.report(ComposeRule.VOLUME_FORM, at.position(), message, fix);
    }

    private static boolean isPath(String source) {
        return source.startsWith(".") || source.startsWith("~") || source.indexOf('/') >= 0;
    }

    private static String text(YamlMap map, String key) {
        return map.find(key).orElse(map) instanceof YamlScalar scalar ? scalar.text() : "";
    }
}
