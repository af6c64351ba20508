package io.rosbalena.rosdep;

import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import io.rosbalena.rosdep.Resolution.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Interprets one key's rule for an operating system. Precedence follows REP-111: a key inside a rule is a package
 * manager first and a version only if no package manager is named.
 */
final class RuleReader {
    /** The only package managers whose rules may add further keys. */
    private static final Set<String> WITH_DEPENDS = Set.of("pip", "gem", "npm", "homebrew", "source");

    private final String key;
    private final TargetOs os;
    private final String source;
    private final boolean released;

    RuleReader(String key, TargetOs os, String source, boolean released) {
        this.key = key;
        this.os = os;
        this.source = source;
        this.released = released;
    }

    /**
     * Reads what stands under the system's name, or under {@code *}.
     *
     * @param wildcard whether it stands under {@code *}
     */
    Resolution read(YamlNode rule, boolean wildcard) {
        if (wildcard && !(rule instanceof YamlNode.Members)) {
            return missing(Reason.NO_PACKAGE_MANAGER, "", rule);
        }
        if (!(rule instanceof YamlNode.Members members)) {
            return packages(os.defaultInstaller(), rule, os.codename());
        }
        Optional<String> direct = installer(members);
        if (direct.isPresent()) {
            return packages(direct.get(), member(members, direct.get()), os.codename());
        }
        String version = members.map().containsKey(os.codename()) ? os.codename() : "*";
        YamlNode versioned = members.map().get(version);
        if (versioned == null) {
            return new Missing(key, Reason.NO_VERSION, os.codename(), Optional.of(place(rule)), names(members.map()));
        }
        if (versioned instanceof YamlNode.Members inner) {
            Optional<String> nested = installer(inner);
            if (nested.isPresent()) {
                return packages(nested.get(), member(inner, nested.get()), version);
            }
        }
        return packages(os.defaultInstaller(), versioned, version);
    }

    private Optional<String> installer(YamlNode.Members members) {
        return os.installers().stream().filter(members.map()::containsKey).findFirst();
    }

    private static YamlNode member(YamlNode.Members members, String name) {
        YamlNode value = members.map().get(name);
        return value == null ? new YamlNode.Nothing(members.line()) : value;
    }

    private Resolution packages(String installer, YamlNode arguments, String version) {
        if (arguments instanceof YamlNode.Nothing) {
            return missing(Reason.NOT_AVAILABLE, version, arguments);
        }
        if (arguments instanceof YamlNode.Other other) {
            return missing(Reason.NOT_A_RULE, other.text(), arguments);
        }
        if (arguments instanceof YamlNode.Text text) {
            // rosdep splits at each single blank here, so that two blanks give an empty name.
            return found(installer, List.of(text.value().split(" ", -1)), List.of(), arguments);
        }
        if (arguments instanceof YamlNode.Members members) {
            Optional<List<String>> packages = list(members, "packages");
            Optional<List<String>> depends =
                    WITH_DEPENDS.contains(installer) ? list(members, "depends") : Optional.of(List.of());
            if (packages.isPresent() && depends.isPresent()) {
                return found(installer, packages.get(), depends.get(), arguments);
            }
        }
        if (arguments instanceof YamlNode.Items items) {
            Optional<List<String>> packages = names(items);
            if (packages.isPresent()) {
                return found(installer, packages.get(), List.of(), arguments);
            }
        }
        return missing(Reason.NOT_A_PACKAGE_LIST, "", arguments);
    }

    // Inside a mapping a string is split at any run of white space.
    private static Optional<List<String>> list(YamlNode.Members members, String name) {
        YamlNode value = members.map().get(name);
        if (value == null) {
            return Optional.of(List.of());
        }
        if (value instanceof YamlNode.Text text) {
            String trimmed = text.value().strip();
            return Optional.of(trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+", -1)));
        }
        return value instanceof YamlNode.Items items ? names(items) : Optional.empty();
    }

    private static Optional<List<String>> names(YamlNode.Items items) {
        List<String> names = new ArrayList<>();
        for (YamlNode item : items.list()) {
            if (item instanceof YamlNode.Text text) {
                names.add(text.value());
            } else if (item instanceof YamlNode.Other other) {
                names.add(other.text());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /** The names in a mapping that stand for systems or versions, sorted. */
    static List<String> names(Map<String, YamlNode> map) {
        return map.keySet().stream().filter(name -> !name.equals("*")).sorted().toList();
    }

    private Found found(String installer, List<String> packages, List<String> depends, YamlNode rule) {
        return new Found(key, installer, packages, depends, place(rule), released);
    }

    private Missing missing(Reason reason, String subject, YamlNode rule) {
        return new Missing(key, reason, subject, Optional.of(place(rule)), List.of());
    }

    private RulePlace place(YamlNode node) {
        return new RulePlace(source, node.line());
    }
}
