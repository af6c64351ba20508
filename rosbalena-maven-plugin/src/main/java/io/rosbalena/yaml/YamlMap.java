package io.rosbalena.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A mapping from texts to nodes, in the order of the document, merge keys already resolved. */
public record YamlMap(Map<String, Member> members, Position position, String tag) implements YamlNode {
    /**
     * One member.
     *
     * @param key where its key stands
     */
    public record Member(Position key, YamlNode value) {}

    public YamlMap {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A mapping without members. */
    public static YamlMap empty(Position position) {
        return new YamlMap(Map.of(), position, "");
    }

    /** The value of a key. */
    public Optional<YamlNode> find(String key) {
        return Optional.ofNullable(members.get(key)).map(Member::value);
    }

    /** Where a key stands; the mapping's own place if it has no such key. */
    public Position place(String key) {
        Member member = members.get(key);
        return member == null ? position : member.key();
    }

    /** The same mapping with other members. */
    public YamlMap withMembers(Map<String, Member> other) {
        return new YamlMap(other, position, tag);
    }

    @Override
    public String describe() {
        return "a mapping";
    }
}
