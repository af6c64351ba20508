package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.ControlStanza;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A package's stanza in {@code /var/lib/dpkg/status}, byte for byte as dpkg 1.19 to 1.22 writes it: known fields in
 * dpkg's order (lib/dpkg/parse.c, fieldinfos) and its spelling, then all others in the package's order.
 */
final class StatusStanza {
    private static final List<String> ORDER = List.of(
            "Package",
            "Essential",
            "Protected",
            "Status",
            "Priority",
            "Section",
            "Installed-Size",
            "Origin",
            "Maintainer",
            "Bugs",
            "Architecture",
            "Multi-Arch",
            "Source",
            "Version",
            "Config-Version",
            "Replaces",
            "Provides",
            "Depends",
            "Pre-Depends",
            "Recommends",
            "Suggests",
            "Breaks",
            "Conflicts",
            "Enhances",
            "Conffiles",
            "Description");
    private static final Set<String> RELATIONS = Set.of(
            "Replaces",
            "Provides",
            "Depends",
            "Pre-Depends",
            "Recommends",
            "Suggests",
            "Breaks",
            "Conflicts",
            "Enhances");
    private static final Set<String> FLAGS = Set.of("Essential", "Protected");
    private static final Set<String> PRIORITIES = Set.of("required", "important", "standard", "optional", "extra");

    /** Fields that dpkg reads and does not write into status. */
    private static final Set<String> DROPPED = Set.of("status", "config-version", "conffiles");

    private StatusStanza() {}

    /**
     * The stanza of an installed package, with its last line's end.
     *
     * @param selection what is wanted of the package: {@code install} or {@code hold}
     * @param conffiles each with its sum and flags
     */
    static String of(DebFacts facts, String selection, List<String> conffiles) {
        Map<String, String> known = new TreeMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        for (ControlStanza.Field field : facts.stanza().fields()) {
            String lower = field.name().toLowerCase(Locale.ROOT);
            String name = ORDER.stream()
                    .filter(one -> one.equalsIgnoreCase(lower))
                    .findFirst()
                    .orElse("");
            if (DROPPED.contains(lower)) {
                continue;
            }
            if (name.isEmpty()) {
                others.put(field.name(), field.value());
            } else {
                known.put(name, value(name, field.value()));
            }
        }
        known.put("Status", selection + " ok installed");
        known.put("Conffiles", lines(conffiles));
        StringBuilder text = new StringBuilder();
        for (String name : ORDER) {
            String value = known.getOrDefault(name, "");
            if (!value.isEmpty()) {
                text.append(name)
                        .append(name.equals("Conffiles") ? ":" : ": ")
                        .append(value)
                        .append('\n');
            }
        }
        others.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** As dpkg keeps it; empty for a value that it does not write. */
    private static String value(String name, String value) {
        if (RELATIONS.contains(name)) {
            return RelationText.canonical(value);
        }
        if (FLAGS.contains(name)) {
            return value.strip().equals("yes") ? "yes" : "";
        }
        return switch (name) {
            case "Multi-Arch" -> value.strip().equals("no") ? "" : value;
            case "Priority" -> {
                String lower = value.toLowerCase(Locale.ROOT);
                yield PRIORITIES.contains(lower) ? lower : value;
            }
            case "Version" -> RelationText.version(value);
            default -> value;
        };
    }

    private static String lines(List<String> conffiles) {
        StringBuilder text = new StringBuilder();
        conffiles.forEach(conffile -> text.append("\n ").append(conffile));
        return text.toString();
    }
}
