package io.rosbalena.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Alternatives of which one must be met (Debian policy 7.1), for example {@code default-mta | mail-transport-agent}.
 *
 * @param alternatives at least one, the preferred first
 */
public record Dependency(List<Relation> alternatives) {

    public Dependency {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("a dependency without alternatives");
        }
    }

    /**
     * Reads a field such as {@code Depends}.
     *
     * @throws IllegalArgumentException if it does not have the form of policy 7.1
     */
    public static List<Dependency> parseList(String field) {
        List<Dependency> dependencies = new ArrayList<>();
        for (String group : field.split(",", -1)) {
            if (group.isBlank()) {
                continue;
            }
            List<Relation> alternatives = new ArrayList<>();
            for (String alternative : group.split("\\|", -1)) {
                alternatives.add(Relation.parse(alternative));
            }
            dependencies.add(new Dependency(alternatives));
        }
        return List.copyOf(dependencies);
    }

    @Override
    public String toString() {
        return alternatives.stream().map(Relation::toString).collect(Collectors.joining(" | "));
    }
}
