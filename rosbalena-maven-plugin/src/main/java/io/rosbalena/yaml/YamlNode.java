package io.rosbalena.yaml;

/** A node of a YAML document. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
    /** Where the node begins. */
    Position position();

    /**
     * The local tag written before the node, for example {@code !reset}; empty when there is none. Tags of the core
     * schema ({@code !!str}) are not kept.
     */
    String tag();

    /** What the node is, for messages: {@code a mapping}, {@code a list}, {@code "text"}. */
    String describe();
}
