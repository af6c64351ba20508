package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that are read, and what of each goes into its {@link RuleTable}. */
enum TableKind {
    /** A rosdep database: key → operating system → rule (REP-111). */
    DATABASE,
    /** The same, written by the user in the workspace. */
    OVERLAY,
    /** A rosdistro index, version 2 to 4 (REP-153): distribution → its description. */
    INDEX,
    /** A distribution file, version 1 or 2 (REP-143): see the prefixes. */
    DISTRIBUTION;

    /** Of a released package; its value names the repository. */
    static final String PACKAGE = "package/";
    /** Of a repository, released or not. */
    static final String REPOSITORY = "repository/";
    /** The key of a mapping from operating systems, that packages are released for, to lists of codenames. */
    static final String PLATFORMS = "platforms";

    /**
     * The table's content.
     *
     * @param file how messages name the file
     * @throws FindingException RB050 if the file is of another kind
     */
    Map<String, YamlNode> content(YamlNode root, String file) {
        Map<String, YamlNode> members = members(root, file, "a mapping");
        return switch (this) {
            case DATABASE, OVERLAY -> members;
            case INDEX -> {
                check(members, file, "index", Set.of("2", "3", "4"));
                YamlNode distributions = members.get("distributions");
                yield distributions == null ? Map.of() : members(distributions, file, "a mapping of distributions");
            }
            case DISTRIBUTION -> {
                check(members, file, "distribution", Set.of("1", "2"));
                yield distribution(members, file);
            }
        };
    }

    private static void check(Map<String, YamlNode> members, String file, String type, Set<String> versions) {
        String found = text(members.get("type"));
        String version = text(members.get("version"));
        if (!found.equals(type) || !versions.contains(version)) {
            throw wrong(
                    file,
                    1,
                    "a rosdistro " + type + " file of version "
                            + String.join(", ", versions.stream().sorted().toList()) + " is expected, not «type: "
                            + found + "» with «version: " + version + "»");
        }
    }

    private static Map<String, YamlNode> distribution(Map<String, YamlNode> members, String file) {
        Map<String, YamlNode> content = new LinkedHashMap<>();
        content.put(PLATFORMS, new YamlNode.Members(optional(members, "release_platforms", file), 0));
        optional(members, "repositories", file).forEach((name, node) -> {
            Map<String, YamlNode> repository = members(node, file, "a mapping for repository " + name);
            content.put(REPOSITORY + name, new YamlNode.Nothing(node.line()));
            // A repository counts as released even before it has a version: rosdep does not look at that.
            YamlNode release = repository.get("release");
            if (release instanceof YamlNode.Members released && !released.map().isEmpty()) {
                for (YamlNode.Text one : packages(name, released)) {
                    content.put(PACKAGE + one.value(), new YamlNode.Text(name, one.line()));
                }
            }
        });
        return content;
    }

    private static List<YamlNode.Text> packages(String repository, YamlNode.Members release) {
        List<YamlNode.Text> names = new ArrayList<>();
        YamlNode packages = release.map().get("packages");
        if (packages instanceof YamlNode.Items items) {
            for (YamlNode item : items.list()) {
                if (item instanceof YamlNode.Text text) {
                    names.add(text);
                }
            }
        } else if (packages instanceof YamlNode.Members byName) {
            byName.map().forEach((name, node) -> names.add(new YamlNode.Text(name, node.line())));
        }
        return names.isEmpty() ? List.of(new YamlNode.Text(repository, release.line())) : names;
    }

    private static Map<String, YamlNode> optional(Map<String, YamlNode> members, String name, String file) {
        YamlNode node = members.get(name);
        return node == null || node instanceof YamlNode.Nothing ? Map.of() : members(node, file, "a mapping: " + name);
    }

    private static Map<String, YamlNode> members(YamlNode node, String file, String expected) {
        if (node instanceof YamlNode.Members members) {
            return members.map();
        }
        throw wrong(file, node.line(), expected + " is expected here");
    }

    private static String text(@Nullable YamlNode node) {
        if (node instanceof YamlNode.Text text) {
            return text.value();
        }
        return node instanceof YamlNode.Other other ? other.text() : "";
    }

    private static FindingException wrong(String file, int line, String message) {
        return FindingException.input(Finding.error("RB050", message)
                .fix("check the address of the file, and rosdepSources, rosdistroIndex and rosdistroTag")
                .at(file, line));
    }
}
