package io.rosbalena.apt;

import java.util.List;

/**
 * The relation fields of a package that decide what is installed with it (Debian policy 7).
 *
 * @param preDepends must be configured before it is unpacked
 * @param depends must be there for it to work
 * @param recommends should be there
 * @param conflicts must not be there
 * @param breaks must not be configured at the same time
 * @param replaces files of these may be overwritten
 * @param provides virtual packages that it stands for
 */
public record Relations(
        List<Dependency> preDepends,
        List<Dependency> depends,
        List<Dependency> recommends,
        List<Relation> conflicts,
        List<Relation> breaks,
        List<Relation> replaces,
        List<Relation> provides) {

    /**
     * Reads the fields of a stanza.
     *
     * @throws IllegalArgumentException if one of them is malformed
     */
    public static Relations of(Stanza stanza) {
        return new Relations(
                dependencies(stanza, "Pre-Depends"),
                dependencies(stanza, "Depends"),
                dependencies(stanza, "Recommends"),
                relations(stanza, "Conflicts"),
                relations(stanza, "Breaks"),
                relations(stanza, "Replaces"),
                relations(stanza, "Provides"));
    }

    private static List<Dependency> dependencies(Stanza stanza, String field) {
        return stanza.get(field).map(Dependency::parseList).orElse(List.of());
    }

    private static List<Relation> relations(Stanza stanza, String field) {
        return stanza.get(field).map(Relation::parseList).orElse(List.of());
    }
}
