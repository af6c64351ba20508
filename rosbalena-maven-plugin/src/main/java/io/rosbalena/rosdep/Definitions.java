package io.rosbalena.rosdep;

import java.util.List;
import java.util.Optional;

/** What one source says about keys. */
interface Definitions {
    /** How messages name the source. */
    String name();

    /** The definition of a key: a mapping from operating systems to rules, if the source is sound. */
    Optional<YamlNode> find(String key);

    /** All keys. */
    List<String> keys();

    /** Whether the rules follow from a distribution's releases. */
    boolean released();

    /** The definitions of a rosdep database. */
    static Definitions of(RosdepSource source, RuleTable table) {
        return new Definitions() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public Optional<YamlNode> find(String key) {
                return table.find(key);
            }

            @Override
            public List<String> keys() {
                return table.keys();
            }

            @Override
            public boolean released() {
                return false;
            }
        };
    }
}
