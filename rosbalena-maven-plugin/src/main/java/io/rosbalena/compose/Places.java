package io.rosbalena.compose;

import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the parts of a service stand, by paths such as {@code environment.ROS_DOMAIN_ID} and {@code volumes[0]}.
 *
 * @param byPath places by path; the empty path is the service itself
 */
public record Places(Map<String, Position> byPath) {
    public Places {
        byPath = Map.copyOf(byPath);
    }

    /** The places of a node and all below it. */
    static Places of(Position key, YamlNode node) {
        Map<String, Position> places = new HashMap<>();
        places.put("", key);
        collect("", node, places);
        return new Places(places);
    }

    private static void collect(String path, YamlNode node, Map<String, Position> places) {
        if (node instanceof YamlMap map) {
            map.members().forEach((name, member) -> {
                String below = path.isEmpty() ? name : path + "." + name;
                places.put(below, member.key());
                collect(below, member.value(), places);
            });
        } else if (node instanceof YamlList list) {
            for (int i = 0; i < list.items().size(); i++) {
                String below = path + "[" + i + "]";
                places.put(below, list.items().get(i).position());
                collect(below, list.items().get(i), places);
            }
        }
    }

    /** The place of a path, or of what stands nearest above it. */
    public Position of(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Position position = byPath.get(at);
            if (position != null) {
                return position;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        Position position = byPath.get("");
        return position == null ? Position.of("docker-compose.yml") : position;
    }
}
