package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays one service over another, as compose-spec {@code 13-merge.md} says: mappings are merged, lists are joined, all
 * else is replaced; {@code !reset} removes a field, {@code !override} replaces it whole.
 */
final class ServiceMerge {
    private static final Set<String> PAIRS = Set.of("environment", "labels", "sysctls", "annotations", "args");
    private static final Set<String> NAMED = Set.of("depends_on", "networks");
    /** Lists that are joined; of {@code x-rosbalena} as well. */
    private static final Set<String> JOINED = Set.of(
            "apt",
            "cap_add",
            "cap_drop",
            "devices",
            "dns",
            "dns_opt",
            "dns_search",
            "env_file",
            "expose",
            "extra_hosts",
            "files",
            "group_add",
            "hardware",
            "label_file",
            "packages",
            "ports",
            "secrets",
            "security_opt",
            "tmpfs",
            "volumes");

    private ServiceMerge() {}

    static YamlMap merge(YamlMap base, YamlMap over, Reading reading) {
        Map<String, YamlMap.Member> members = new LinkedHashMap<>(base.members());
        over.members().forEach((key, member) -> {
            YamlMap.Member below = members.get(key);
            if (member.value().tag().equals("!reset")) {
                members.remove(key);
            } else if (below == null || member.value().tag().equals("!override")) {
                members.put(key, member);
            } else {
                members.put(key, new YamlMap.Member(member.key(), merge(key, below.value(), member.value(), reading)));
            }
        });
        return over.withMembers(members);
    }

    private static YamlNode merge(String key, YamlNode base, YamlNode over, Reading reading) {
        if (isNull(base) || isNull(over)) {
            return isNull(over) ? base : over;
        }
        if (PAIRS.contains(key)) {
            return merge(pairs(key, base, reading), pairs(key, over, reading), reading);
        }
        if (NAMED.contains(key)) {
            return merge(named(base), named(over), reading);
        }
        if (JOINED.contains(key) && !(base instanceof YamlMap) && !(over instanceof YamlMap)) {
            return join(key, base, over);
        }
        if (key.equals("build")) {
            return merge(build(base), build(over), reading);
        }
        return base instanceof YamlMap below && over instanceof YamlMap above ? merge(below, above, reading) : over;
    }

    private static YamlMap pairs(String key, YamlNode node, Reading reading) {
        Map<String, YamlMap.Member> members = new LinkedHashMap<>();
        ListTypes.pairs(key, node, reading, "=")
                .forEach((name, scalar) -> members.put(name, new YamlMap.Member(scalar.position(), scalar)));
        return new YamlMap(members, node.position(), node.tag());
    }

    private static YamlMap named(YamlNode node) {
        if (node instanceof YamlMap map) {
            return map;
        }
        Map<String, YamlMap.Member> members = new LinkedHashMap<>();
        items(node).forEach(item -> {
            if (item instanceof YamlScalar name) {
                YamlMap nothing = YamlMap.empty(name.position());
                members.put(name.text(), new YamlMap.Member(name.position(), nothing));
            }
        });
        return new YamlMap(members, node.position(), node.tag());
    }

    private static YamlMap build(YamlNode node) {
        return node instanceof YamlMap map
                ? map
                : new YamlMap(
                        Map.of("context", new YamlMap.Member(node.position(), node)), node.position(), node.tag());
    }

    private static YamlList join(String key, YamlNode base, YamlNode over) {
        List<YamlNode> items = new ArrayList<>(items(base));
        for (YamlNode item : items(over)) {
            items.removeIf(below -> target(key, below).equals(target(key, item)));
            items.add(item);
        }
        return new YamlList(items, over.position(), over.tag());
    }

    /** What makes two items of a list the same: a mount's or device's path in the container, else the whole text. */
    private static String target(String key, YamlNode item) {
        boolean mount = key.equals("volumes") || key.equals("devices");
        if (item instanceof YamlMap map) {
            return map.find("target").orElse(item) instanceof YamlScalar target ? target.text() : map.toString();
        }
        String text = item instanceof YamlScalar scalar ? scalar.text() : item.toString();
        String[] parts = text.split(":", -1);
        return mount && parts.length > 1 ? parts[1] : text;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.isNull();
    }

    private static List<YamlNode> items(YamlNode node) {
        return node instanceof YamlList list ? list.items() : List.of(node);
    }
}
