package io.rosbalena.yaml;

import java.util.List;

/** A sequence of nodes. */
public record YamlList(List<YamlNode> items, Position position, String tag) implements YamlNode {
    public YamlList {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return "a list";
    }
}
