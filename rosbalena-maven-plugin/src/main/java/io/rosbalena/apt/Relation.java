package io.rosbalena.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One package named in a relation field (Debian policy 7.1), for example {@code python3:any (>= 3.11)}.
 *
 * @param name the package, real or virtual
 * @param qualifier the architecture after the colon: {@code any} or an architecture
 * @param constraint which versions are meant; all when empty
 */
public record Relation(String name, Optional<String> qualifier, Optional<VersionConstraint> constraint) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9+.\\-]*+)(?::([a-z0-9\\-]++))?+"
                    + "\\s*+(?:\\(\\s*+([<>=]{1,2}+)\\s*+([^)\\s]++)\\s*+\\))?+\\s*+(?:\\[[^\\]]*+\\])?+\\s*+(?:<[^>]*+>\\s*+)*+");

    /** Any version of this package. */
    public static Relation of(String name) {
        return new Relation(name, Optional.empty(), Optional.empty());
    }

    /**
     * Reads one relation. Restrictions to architectures and build profiles are passed over: a binary package's control
     * file was written with them resolved.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Relation parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a package relation: \"" + text.strip() + "\"");
        }
        return new Relation(
                matcher.group(1).intern(),
                Optional.ofNullable(matcher.group(2)),
                Optional.ofNullable(matcher.group(3))
                        .map(sign -> new VersionConstraint(
                                VersionConstraint.Operator.parse(sign), new DebianVersion(matcher.group(4)))));
    }

    /** Reads a field of relations without alternatives, such as {@code Conflicts} or {@code Provides}. */
    public static List<Relation> parseList(String field) {
        List<Relation> relations = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            if (!item.isBlank()) {
                relations.add(parse(item));
            }
        }
        return List.copyOf(relations);
    }

    /** Whether a version meets the constraint, if there is one. */
    public boolean allows(DebianVersion version) {
        return constraint.isEmpty() || constraint.get().allows(version);
    }

    @Override
    public String toString() {
        return name
                + qualifier.map(architecture -> ":" + architecture).orElse("")
                + constraint.map(demand -> " (" + demand + ")").orElse("");
    }
}
